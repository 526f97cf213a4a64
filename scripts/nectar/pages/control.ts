import type { InvitationDetail } from '../../../generated/schema.ts';
import type { ControlParts } from '../../sandbox/pages/control.ts';
import { badge, type Html, html, type Kind, time } from '../../sandbox/pages/html.ts';
import { command, copy, entry, facts, list, option, value } from '../../sandbox/pages/parts.ts';
import { choices } from '../choices.ts';
import { waitingStatuses } from '../connections.ts';
import type { Sandbox } from '../sandbox.ts';
import { curlOf, inviteCall, revokeCall, type SampleCall, typescriptOf } from './samples.ts';

/** The parts of the control page that are about connections and invitations. */
export function controlParts(sandbox: Sandbox, origin: string): ControlParts {
  const names = new Map(sandbox.allConnections().map(({ id, datasource }) => [id, datasource?.name]));
  return {
    introduction: 'Invite somebody, open the mail, use the link, and see what happens.',
    access: accessCard(sandbox, origin),
    tools: statusCard(sandbox),
    lists: html`${connections(sandbox, origin)}
${invitations(sandbox, origin, names)}`,
    about: (payload) => {
      const { id = '' } = payload as { id?: string };
      const name = names.get(id);
      return { name, facts: facts({ Utility: name, Connection: value(id, 'the id of the connection') }) };
    },
    choices,
  };
}

function accessCard(sandbox: Sandbox, origin: string): Html {
  const url = `${origin}/v2`;
  return html`<section class="card"><h2>Call the API</h2>${facts({ URL: value(url, 'the base URL') })}
${sandbox.tenants().map(
  ({ id, key, company }) => html`<p><b>${company.name}</b></p>
${facts({ Key: value(key, `the key of ${company.name}`), Id: value(id, `the id of ${company.name}`) })}`,
)}</section>`;
}

function statusCard(sandbox: Sandbox): Html {
  const connections = sandbox.allConnections().map(({ id, datasource }) => option(id, datasource?.name));
  const statuses = [...waitingStatuses, 'WEBSITE_DOWN', 'UNDER_INVESTIGATION', 'CONNECTED'];
  return html`<section class="card"><h2>Change a status</h2><form data-action="set-status">
<label>Connection<select name="connectionId">${connections}</select></label>
<label>Status<select name="status">${statuses.map((status) => option(status))}</select></label>
<button class="main">Set the status</button></form></section>`;
}

/** The buttons that copy a call. */
function copies(call: SampleCall, what: string, label = 'Copy as'): Html {
  return html`<span class="soft small">${label}</span> ${copy(curlOf(call), `${what} with curl`, 'curl')}${copy(typescriptOf(call), `${what} with TypeScript`, 'TypeScript')}`;
}

function connections(sandbox: Sandbox, origin: string): Html {
  const rows = sandbox.allConnections().map((connection) => {
    const { id, company, datasource, status, workflowOwnerEmail } = connection;
    const name = datasource?.name ?? id;
    const breakIt = { action: 'set-status', connectionId: id, status: 'PASSWORD_INCORRECT' };
    return html`<li class="item"><div class="grow"><b>${name}</b>
<div class="soft small">${company?.name} · ${workflowOwnerEmail}</div></div>${badge(status, kindOf(status))}
${value(id, `the id of ${name}`)}
<div class="actions">${status === 'CONNECTED' && command('Break', breakIt, 'text')}${command('Invite', { action: 'invite', connectionId: id })}
${copies(inviteCall(sandbox, origin, connection), `the invitation of ${name}`)}</div></li>`;
  });
  const legend = html`<div class="legend">${badge('works', 'good')}${badge('waits', 'wait')}${badge('needs a person', 'person')}${badge('failed', 'bad')}</div>`;
  return list('connections', 'Connections', rows, '', legend);
}

function invitations(sandbox: Sandbox, origin: string, names: ReadonlyMap<string, string | undefined>): Html {
  const rows = sandbox.invitations().map((each) => {
    const { id, status, connectionId, useCount, maxUses, invitationUrl } = each;
    const name = connectionId === null ? 'a new connection' : names.get(connectionId);
    const uses = maxUses === null ? `${useCount}` : `${useCount} of ${maxUses}`;
    const head = html`${badge(status, kindOf(status))}<span class="grow"><b>${name}</b> <span class="soft small">used ${uses}</span></span>${time(each.createdAt)}`;
    return entry(
      `invitation-${id}`,
      head,
      html`${timeline(each, sandbox)}
${facts({ Invitation: value(id, 'the id of the invitation'), Link: value(invitationUrl, 'the link') })}
<div class="actions"><a href="${invitationUrl}">Open the link</a>
${status === 'ACTIVE' && copies(revokeCall(sandbox, origin, each), 'the revocation', 'Copy the revocation as')}</div>`,
      status === 'ACTIVE' && command('Revoke', { action: 'revoke', invitationId: id }),
    );
  });
  return list(
    'invitations',
    'Invitations',
    rows.reverse(),
    'No invitation yet. Press Invite, or copy its code.',
  );
}

/** What happened to an invitation: its creation, its mails, its log, and its end. */
function timeline(invitation: InvitationDetail, sandbox: Sandbox): Html {
  const { id, createdAt, expiresAt, status, events = [] } = invitation;
  const log = events as { type: string; at: string; email?: string }[];
  const mails = sandbox.mails().filter(({ invitationId }) => invitationId === id);
  const steps: { at: string; text: string; kind?: Kind }[] = [
    { at: createdAt, text: 'created' },
    ...mails.map(({ at, to }) => ({ at, text: `mailed to ${to}` })),
    ...log.map(({ type, at, email = '' }) => ({
      at,
      text: `${type} ${email}`,
      ...(type === 'used' && good),
    })),
  ];
  if (expiresAt !== null)
    steps.push({ at: expiresAt, text: status === 'EXPIRED' ? 'expired' : `expires, unless it has ended` });
  steps.sort((first, second) => Date.parse(first.at) - Date.parse(second.at));
  return html`<ol class="line-of-time">${steps.map(({ at, text, kind }) => html`<li class="${kind}">${time(at)} ${text}</li>`)}</ol>`;
}

const good = { kind: 'good' } as const;

function kindOf(status: string): Kind {
  if (status === 'CONNECTED' || status === 'ACTIVE' || status === 'FULFILLED') return 'good';
  if (waitingStatuses.includes(status)) return 'person';
  return waits.has(status) ? 'wait' : 'bad';
}

/** Of connections: nobody but Nectar or the portal can act. Of invitations: they have ended. */
const waits = new Set(['PENDING', 'UNDER_INVESTIGATION', 'WEBSITE_DOWN', 'EXPIRED', 'REVOKED']);
