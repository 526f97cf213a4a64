import type { Connection, InvitationDetail } from '../../../generated/schema.ts';
import { type ControlParts, command, option, table } from '../../sandbox/pages/control.ts';
import { badge, copyable, copyButton, type Html, html, type Kind, time } from '../../sandbox/pages/html.ts';
import { choices } from '../choices.ts';
import { waitingStatuses } from '../connections.ts';
import type { Sandbox } from '../sandbox.ts';

/** The parts of the control page that are about connections and invitations. */
export function controlParts(sandbox: Sandbox, origin: string): ControlParts {
  const utilities = new Map(sandbox.allConnections().map(({ id, datasource }) => [id, datasource?.name]));
  return {
    start: html`<p class="soft">A simulated Nectar. Invite the owner of a broken connection, read the <a href="/sandbox/mail">mail</a>, use its link, and see what happens. The API is at ${copyable(`${origin}/v2`)}, the key is ${copyable(sandbox.key)}.</p>`,
    tools: statusCard(sandbox),
    tables: html`${connections(sandbox, origin)}
${invitations(sandbox, utilities)}`,
    more: companies(sandbox),
    subjectOf: ({ payload }) => utilities.get(String((payload as { id?: unknown }).id)),
    choices,
  };
}

/** A curl command that creates a reconnect invitation and sends it by mail. */
export function curlFor(sandbox: Sandbox, origin: string): string {
  return curlOf(sandbox.connections.passwordIncorrect, origin, sandbox.key);
}

/** The request that the buttons of a connection send and copy. */
function bodyFor({ workflowOwnerEmail }: Connection) {
  return workflowOwnerEmail
    ? { allowedEmails: [workflowOwnerEmail], maxUses: 1, sendEmail: true }
    : { maxUses: 1 };
}

function curlOf(connection: Connection, origin: string, key: string): string {
  const body = JSON.stringify(bodyFor(connection));
  return `curl -X POST '${origin}/v2/invitation/connection/${connection.id}' -H 'X-API-KEY: ${key}' -H 'Content-Type: application/json' -d '${body}'`;
}

function typescriptOf(connection: Connection, origin: string, key: string): string {
  return `import { createFetchClient } from 'nectar-openapi';

const api = createFetchClient({ baseUrl: '${origin}/v2', apiKey: '${key}' });
const { data, error } = await api.POST('/invitation/connection/{connection_id}', {
  params: { path: { connection_id: '${connection.id}' } },
  body: ${JSON.stringify(bodyFor(connection))},
});
console.log(data?.invitationUrl ?? error?.detail);
`;
}

/** A button that calls the API from the page. */
function caller(text: string, what: object, id: string): Html {
  return html`<button type="button" id="button-${id}" data-request="${JSON.stringify(what)}">${text}</button>`;
}

function statusCard(sandbox: Sandbox): Html {
  const connections = sandbox.allConnections().map(({ id, datasource }) => option(id, datasource?.name));
  const statuses = [...waitingStatuses, 'WEBSITE_DOWN', 'UNDER_INVESTIGATION', 'CONNECTED'];
  return html`<section class="card"><h2>Change a connection</h2><form data-action="set-status">
<label>Connection<select name="connectionId">${connections}</select></label>
<label>Status<select name="status">${statuses.map((status) => option(status))}</select></label>
<button class="main">Set the status</button></form></section>`;
}

function companies(sandbox: Sandbox): Html {
  const rows = sandbox.tenants().map(({ id, key, company }) => {
    const own = sandbox.allConnections().filter((each) => each.company?.id === id);
    return [company.name, copyable(key), String(own.length), idOf(id)];
  });
  return table('Companies', ['Name', 'Key', 'Connections', 'Id'], rows);
}

function connections(sandbox: Sandbox, origin: string): Html {
  const keys = new Map(sandbox.tenants().map(({ id, key }) => [id, key]));
  const rows = sandbox.allConnections().map((connection) => {
    const { id, company, datasource, status, workflowOwnerEmail } = connection;
    const key = keys.get(company?.id ?? '') ?? sandbox.key;
    const breakIt = { action: 'set-status', connectionId: id, status: 'PASSWORD_INCORRECT' };
    const invite = {
      method: 'POST',
      path: `/v2/invitation/connection/${id}`,
      key,
      body: bodyFor(connection),
      done: `An invitation for ${datasource?.name} was created.`,
    };
    return [
      html`<strong>${datasource?.name}</strong><div class="soft small">${company?.name}</div>`,
      badge(status, kindOf(status)),
      workflowOwnerEmail,
      idOf(id),
      html`<div class="actions">${caller('Invite', invite, `invite-${id}`)} ${copyButton('Copy curl', curlOf(connection, origin, key))} ${copyButton('Copy TypeScript', typescriptOf(connection, origin, key))} ${status === 'CONNECTED' && command('Break', breakIt, id)}</div>`,
    ];
  });
  return table('Connections', ['Utility', 'Status', 'Owner', 'Id', ''], rows);
}

function invitations(sandbox: Sandbox, utilities: ReadonlyMap<string, string | undefined>): Html {
  const rows = sandbox
    .invitations()
    .toReversed()
    .map((each) => {
      const { id, connectionId, status, maxUses, useCount, invitationUrl } = each;
      const revoke = {
        method: 'POST',
        path: `/v2/invitation/${id}/revoke`,
        key: keyOf(sandbox, each),
        done: 'The invitation was revoked.',
      };
      return [
        html`<strong>${connectionId === null ? 'A new connection' : utilities.get(connectionId)}</strong><div class="soft small">${time(each.createdAt)}</div>`,
        badge(status, kindOf(status)),
        maxUses === null ? String(useCount) : `${useCount} of ${maxUses}`,
        idOf(id),
        timeline(each),
        html`<div class="actions"><a href="${invitationUrl}">Open</a> ${copyButton('Copy the link', invitationUrl)} ${status === 'ACTIVE' && caller('Revoke', revoke, `revoke-${id}`)}</div>`,
      ];
    });
  return table('Invitations', ['For', 'Status', 'Uses', 'Id', 'History', ''], rows);
}

function keyOf(sandbox: Sandbox, { companyId }: InvitationDetail): string {
  return sandbox.tenants().find(({ id }) => id === companyId)?.key ?? sandbox.key;
}

/** What has happened to an invitation, and what will, in the order of time. */
function timeline({ id, createdAt, expiresAt, status, events = [] }: InvitationDetail): Html {
  const entries = events as { type: string; at: string; email?: string }[];
  const last = entries.at(-1);
  return html`<details id="log-${id}"><summary>${last?.type ?? 'created'}</summary><ol class="timeline">
<li>${time(createdAt)} created</li>
${entries.map(({ type, at, email }) => html`<li>${time(at)} ${type} ${email}</li>`)}
${expiresAt !== null && html`<li class="${status === 'EXPIRED' ? '' : 'soft'}">${time(expiresAt)} ${status === 'EXPIRED' ? 'expired' : 'expires'}</li>`}</ol></details>`;
}

/** The start of an id is enough to distinguish it. */
function idOf(id: string): Html {
  return copyable(id, `${id.slice(0, 8)}…`);
}

function kindOf(status: string): Kind {
  if (status === 'CONNECTED' || status === 'ACTIVE') return 'good';
  if (waitingStatuses.includes(status)) return 'act';
  if (status === 'FULFILLED') return 'calm';
  return status === 'REVOKED' || status === 'EXPIRED' ? 'bad' : 'wait';
}
