import type { InvitationDetail } from '../../../generated/schema.ts';
import { choices } from '../choices.ts';
import { waitingStatuses } from '../connections.ts';
import type { Sandbox } from '../sandbox.ts';
import { badge, type Html, html, navigation, respondPage, time } from './html.ts';

const shown = 50;

/** The control page: the live state of the sandbox, and the buttons that change it. */
export function controlPage(sandbox: Sandbox, origin: string): Response {
  return respondPage({
    title: 'Nectar sandbox',
    navigation: navigation(
      'control',
      html`<span class="small soft">Its clock: <span id="clock">${time(sandbox.clock.now().toISOString())}</span> UTC</span>`,
    ),
    script: '/sandbox/live.js',
    main: html`<main><h1>Sandbox</h1>
<p class="soft">A Nectar of your own. Create an invitation, open its mail, use its link, and watch what happens.</p>
<p id="said" role="status" class="notice" hidden></p>
<section class="card"><h2>Invite somebody</h2>
<pre tabindex="0">${curlFor(sandbox, origin)}</pre>
<p class="small soft">The key of ${sandbox.company.name} is <code>${sandbox.key}</code>. Then look into the <a href="/sandbox/mail">mail</a>.</p></section>
${tools(sandbox)}
<div id="live">${tables(sandbox)}</div>
<section class="card"><h2>What the sandbox decides</h2>
<p class="soft small">Nobody documents these; the real service may do otherwise.</p>
<ul class="small">${choices.map((choice) => html`<li>${withCode(choice)}</li>`)}</ul></section>
</main>`,
  });
}

/** A curl command in one line that creates a reconnect invitation and sends it by mail. */
export function curlFor(sandbox: Sandbox, origin: string): string {
  const { id, workflowOwnerEmail } = sandbox.connections.passwordIncorrect;
  const body = JSON.stringify({ allowedEmails: [workflowOwnerEmail], maxUses: 1, sendEmail: true });
  return `curl -X POST '${origin}/v2/invitation/connection/${id}' -H 'X-API-KEY: ${sandbox.key}' -H 'Content-Type: application/json' -d '${body}'`;
}

function tools(sandbox: Sandbox): Html {
  const option = (value: string, text = value) => html`<option value="${value}">${text}</option>`;
  const operations = [
    'createReconnectInvitation',
    'createConnectionInvitation',
    'listConnections',
    'getConnection',
    'listInvitations',
    'getInvitation',
    'revokeInvitation',
    'ping',
  ];
  return html`<div class="tools">
<section class="card"><h2>Clock</h2><div class="row">
${[
  ['1 hour', { hours: 1 }],
  ['1 day', { days: 1 }],
  ['8 days', { days: 8 }],
].map(([name, by]) => command(`+ ${name}`, { action: 'advance', ...(by as object) }))}
${command('Start over', { action: 'reset' })}</div></section>
<section class="card"><h2>Break a connection</h2><form data-action="set-status">
<label>Connection<select name="connectionId">${sandbox.allConnections().map(({ id, datasource }) => option(id, datasource?.name))}</select></label>
<label>Status<select name="status">${[...waitingStatuses, 'WEBSITE_DOWN', 'UNDER_INVESTIGATION', 'CONNECTED'].map((each) => option(each))}</select></label>
<button>Set the status</button></form></section>
<section class="card"><h2>Inject a fault</h2><form data-action="fault">
<div class="row"><label>Kind<select name="kind">${option('lose', 'lose the response')}${option('drop', 'drop before acting')}${option('status', 'respond with a status')}${option('truncate', 'cut the response off')}${option('delay')}${option('slow', 'slow response')}</select></label>
<label>Operation<select name="operation">${option('', 'any')}${operations.map((each) => option(each))}</select></label></div>
<div class="row"><label>Status<input name="status" inputmode="numeric" placeholder="503"></label>
<label>Retry-After<input name="retryAfter" inputmode="numeric" placeholder="s"></label>
<label>Milliseconds<input name="ms" inputmode="numeric" placeholder="2000"></label>
<label>Share<input name="share" inputmode="decimal" placeholder="next call"></label></div>
<button>Inject</button></form></section>
<section class="card"><h2>Webhook</h2><form data-action="receiver">
<label>Address that the events go to<input name="url" type="url" placeholder="http://127.0.0.1:3000" value="${sandbox.receiver()?.url ?? ''}"></label>
<button>Set</button></form><p class="small soft">Signed with <code>${sandbox.receiver()?.secret ?? sandbox.webhookSecret}</code></p></section>
</div>`;
}

function tables(sandbox: Sandbox): Html {
  const events = sandbox.events();
  const faults = sandbox.faults.list();
  return html`${
    faults.length > 0 &&
    html`<section class="card"><h2>Faults that wait</h2>
<ul>${faults.map((fault) => html`<li><code>${JSON.stringify(fault)}</code></li>`)}</ul>${command('Clear them', { action: 'clear-faults' })}</section>`
  }
${table(
  'Companies',
  ['Name', 'Key', 'Connections', 'Id'],
  sandbox
    .tenants()
    .map(({ id, key, company }) => [
      company.name,
      html`<code>${key}</code>`,
      String(sandbox.allConnections().filter((each) => each.company?.id === id).length),
      html`<code>${id}</code>`,
    ]),
)}
${table(
  'Connections',
  ['Company', 'Utility', 'Status', 'Owner', 'Id', ''],
  sandbox
    .allConnections()
    .map(({ id, company, datasource, status, workflowOwnerEmail }) => [
      company?.name,
      datasource?.name,
      badge(status),
      workflowOwnerEmail,
      html`<code>${id}</code>`,
      status === 'CONNECTED'
        ? command('Break', { action: 'set-status', connectionId: id, status: 'PASSWORD_INCORRECT' }, id)
        : undefined,
    ]),
)}
${table(
  'Invitations',
  ['Created', 'For', 'Status', 'Uses', 'Expires', 'Link', 'Log'],
  sandbox
    .invitations()
    .toReversed()
    .map((each) => [
      time(each.createdAt),
      each.connectionId === null
        ? 'a new connection'
        : sandbox.allConnections().find(({ id }) => id === each.connectionId)?.datasource?.name,
      badge(each.status),
      `${each.useCount}${each.maxUses === null ? '' : ` of ${each.maxUses}`}`,
      each.expiresAt === null ? 'never' : time(each.expiresAt),
      html`<a href="${each.invitationUrl}">open</a>`,
      log(each),
    ]),
)}
${table(
  'Mail',
  ['Sent', 'To', 'Subject', 'Link'],
  sandbox
    .mails()
    .toReversed()
    .map(({ at, to, subject, link }) => [time(at), to, subject, html`<a href="${link}">open</a>`]),
)}
${table(
  'Events',
  ['Created', 'Event', 'Delivery', 'Attempts', ''],
  events
    .toReversed()
    .map(({ id, at, type, attempts, dueAt }) => [
      time(at),
      html`<code>${type}</code>`,
      badge(
        attempts.at(-1)?.delivered
          ? 'delivered'
          : dueAt === null
            ? 'given up'
            : sandbox.receiver()
              ? 'waiting'
              : 'kept',
      ),
      html`${attempts.length === 0 && 'none'}${attempts.map(({ at: when, result }) => html`<div>${time(when)} ${result}</div>`)}${dueAt !== null && attempts.length > 0 && html`<div class="soft">next ${time(dueAt)}</div>`}`,
      command('Send again', { action: 'send-again', eventId: id }, id),
    ]),
)}`;
}

function log({ id, events = [] }: InvitationDetail): Html | string {
  if (events.length === 0) return 'empty';
  const rows = events as { type: string; at: string; email?: string }[];
  return html`<details id="log-${id}"><summary>${rows.length} ${rows.length === 1 ? 'entry' : 'entries'}</summary>
${rows.map(({ type, at, email }) => html`<div>${time(at)} ${type} ${email}</div>`)}</details>`;
}

function table(title: string, columns: string[], rows: (Html | string | undefined)[][]): Html {
  return html`<section class="card"><h2>${title}</h2>${
    rows.length === 0
      ? html`<p class="soft">None yet.</p>`
      : html`<div class="scroll"><table><thead><tr>${columns.map((name) => (name ? html`<th scope="col">${name}</th>` : html`<td></td>`))}</tr></thead>
<tbody>${rows.slice(0, shown).map((cells) => html`<tr>${cells.map((cell, index) => html`<td${columns[index] ? html` data-name="${columns[index]}"` : ''}>${cell}</td>`)}</tr>`)}</tbody></table></div>
${rows.length > shown && html`<p class="soft small">The newest ${shown} of ${rows.length}.</p>`}`
  }</section>`;
}

function command(text: string, what: object, id?: string): Html {
  return html`<button type="button"${id !== undefined && html` id="button-${id}" class="text"`} data-command="${JSON.stringify(what)}">${text}</button>`;
}

/** Converts text between backquotes to code. */
function withCode(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
