import type { InvitationDetail } from '../../../generated/schema.ts';
import { type ControlParts, command, option, table } from '../../sandbox/pages/control.ts';
import { badge, type Html, html, time } from '../../sandbox/pages/html.ts';
import { choices } from '../choices.ts';
import { waitingStatuses } from '../connections.ts';
import type { Sandbox } from '../sandbox.ts';

/** The parts of the control page that are about connections and invitations. */
export function controlParts(sandbox: Sandbox, origin: string): ControlParts {
  return {
    start: html`<p class="soft">A simulated Nectar. Create an invitation, open its mail, use its link, and see what happens.</p>
<p id="said" role="status" class="notice" hidden></p>
<section class="card"><h2>Invite somebody</h2>
<pre tabindex="0">${curlFor(sandbox, origin)}</pre>
<p class="small soft">The key of ${sandbox.company.name} is <code>${sandbox.key}</code>. Then check the <a href="/sandbox/mail">mail</a>.</p></section>`,
    tools: statusCard(sandbox),
    tables: html`${companies(sandbox)}
${connections(sandbox)}
${invitations(sandbox)}`,
    choices,
  };
}

/** A curl command in one line that creates a reconnect invitation and sends it by mail. */
export function curlFor(sandbox: Sandbox, origin: string): string {
  const { id, workflowOwnerEmail } = sandbox.connections.passwordIncorrect;
  const body = JSON.stringify({ allowedEmails: [workflowOwnerEmail], maxUses: 1, sendEmail: true });
  return `curl -X POST '${origin}/v2/invitation/connection/${id}' -H 'X-API-KEY: ${sandbox.key}' -H 'Content-Type: application/json' -d '${body}'`;
}

function statusCard(sandbox: Sandbox): Html {
  const connections = sandbox.allConnections().map(({ id, datasource }) => option(id, datasource?.name));
  const statuses = [...waitingStatuses, 'WEBSITE_DOWN', 'UNDER_INVESTIGATION', 'CONNECTED'];
  return html`<section class="card"><h2>Break a connection</h2><form data-action="set-status">
<label>Connection<select name="connectionId">${connections}</select></label>
<label>Status<select name="status">${statuses.map((status) => option(status))}</select></label>
<button>Set the status</button></form></section>`;
}

function companies(sandbox: Sandbox): Html {
  const rows = sandbox.tenants().map(({ id, key, company }) => {
    const own = sandbox.allConnections().filter((each) => each.company?.id === id);
    return [company.name, html`<code>${key}</code>`, String(own.length), html`<code>${id}</code>`];
  });
  return table('Companies', ['Name', 'Key', 'Connections', 'Id'], rows);
}

function connections(sandbox: Sandbox): Html {
  const rows = sandbox.allConnections().map(({ id, company, datasource, status, workflowOwnerEmail }) => {
    const breakIt = { action: 'set-status', connectionId: id, status: 'PASSWORD_INCORRECT' };
    return [
      company?.name,
      datasource?.name,
      badge(status, kindOf(status)),
      workflowOwnerEmail,
      html`<code>${id}</code>`,
      status === 'CONNECTED' ? command('Break', breakIt, id) : undefined,
    ];
  });
  return table('Connections', ['Company', 'Utility', 'Status', 'Owner', 'Id', ''], rows);
}

function invitations(sandbox: Sandbox): Html {
  const names = new Map(sandbox.allConnections().map(({ id, datasource }) => [id, datasource?.name]));
  const rows = sandbox
    .invitations()
    .toReversed()
    .map((each) => [
      time(each.createdAt),
      each.connectionId === null ? 'a new connection' : names.get(each.connectionId),
      badge(each.status, kindOf(each.status)),
      each.maxUses === null ? String(each.useCount) : `${each.useCount} of ${each.maxUses}`,
      each.expiresAt === null ? 'never' : time(each.expiresAt),
      html`<a href="${each.invitationUrl}">open</a>`,
      log(each),
    ]);
  return table('Invitations', ['Created', 'For', 'Status', 'Uses', 'Expires', 'Link', 'Log'], rows);
}

function log({ id, events = [] }: InvitationDetail): Html | string {
  if (events.length === 0) return 'empty';
  const rows = events as { type: string; at: string; email?: string }[];
  return html`<details id="log-${id}"><summary>${rows.length} ${rows.length === 1 ? 'entry' : 'entries'}</summary>
${rows.map(({ type, at, email }) => html`<div>${time(at)} ${type} ${email}</div>`)}</details>`;
}

function kindOf(status: string): 'good' | 'calm' | 'bad' {
  if (status === 'CONNECTED' || status === 'ACTIVE') return 'good';
  return status === 'FULFILLED' || status === 'PENDING' ? 'calm' : 'bad';
}
