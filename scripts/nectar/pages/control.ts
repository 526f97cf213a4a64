import type { InvitationDetail } from '../../../generated/schema.ts';
import { operations } from '../../sandbox/faults.ts';
import { badge, type Html, html, navigation, respondPage, time } from '../../sandbox/pages/html.ts';
import type { EventRow } from '../../sandbox/world.ts';
import { choices } from '../choices.ts';
import { waitingStatuses } from '../connections.ts';
import type { Sandbox } from '../sandbox.ts';

const shown = 50;

/** The control page: the live state of the sandbox, and the buttons that change it. */
export function controlPage(sandbox: Sandbox, origin: string): Response {
  return respondPage({
    title: 'Nectar sandbox',
    navigation: navigation(
      'control',
      html`<span class="small soft">Clock: <span id="clock">${time(sandbox.clock.now().toISOString())}</span> UTC</span>`,
    ),
    script: '/sandbox/live.js',
    main: html`<main><h1>Sandbox</h1>
<p class="soft">A simulated Nectar. Create an invitation, open its mail, use its link, and see what happens.</p>
<p id="said" role="status" class="notice" hidden></p>
<section class="card"><h2>Invite somebody</h2>
<pre tabindex="0">${curlFor(sandbox, origin)}</pre>
<p class="small soft">The key of ${sandbox.company.name} is <code>${sandbox.key}</code>. Then check the <a href="/sandbox/mail">mail</a>.</p></section>
${tools(sandbox)}
<div id="live">${tables(sandbox)}</div>
<section class="card"><h2>What the sandbox decides</h2>
<p class="soft small">These are not documented; the real service may behave differently.</p>
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
  return html`<div class="tools">
${clockCard}
${statusCard(sandbox)}
${faultCard}
${receiverCard(sandbox)}
</div>`;
}

const clockCard = html`<section class="card"><h2>Clock</h2><div class="row">
${command('+ 1 hour', { action: 'advance', hours: 1 })}
${command('+ 1 day', { action: 'advance', days: 1 })}
${command('+ 8 days', { action: 'advance', days: 8 })}
${command('Start over', { action: 'reset' })}</div></section>`;

function statusCard(sandbox: Sandbox): Html {
  const connections = sandbox.allConnections().map(({ id, datasource }) => option(id, datasource?.name));
  const statuses = [...waitingStatuses, 'WEBSITE_DOWN', 'UNDER_INVESTIGATION', 'CONNECTED'];
  return html`<section class="card"><h2>Break a connection</h2><form data-action="set-status">
<label>Connection<select name="connectionId">${connections}</select></label>
<label>Status<select name="status">${statuses.map((status) => option(status))}</select></label>
<button>Set the status</button></form></section>`;
}

const faultKinds = [
  option('lose', 'lose the response'),
  option('drop', 'drop before acting'),
  option('status', 'respond with a status'),
  option('truncate', 'cut the response off'),
  option('delay'),
  option('slow', 'slow response'),
];

const faultCard = html`<section class="card"><h2>Inject a fault</h2><form data-action="fault">
<div class="row"><label>Kind<select name="kind">${faultKinds}</select></label>
<label>Operation<select name="operation">${option('', 'any')}${operations.map((each) => option(each))}</select></label></div>
<div class="row"><label>Status<input name="status" inputmode="numeric" placeholder="503"></label>
<label>Retry-After<input name="retryAfter" inputmode="numeric" placeholder="s"></label>
<label>Milliseconds<input name="ms" inputmode="numeric" placeholder="2000"></label>
<label>Share<input name="share" inputmode="decimal" placeholder="next call"></label></div>
<button>Inject</button></form></section>`;

function receiverCard(sandbox: Sandbox): Html {
  const { url = '', secret = sandbox.webhookSecret } = sandbox.receiver() ?? {};
  return html`<section class="card"><h2>Webhook</h2><form data-action="receiver">
<label>URL for the events<input name="url" type="url" placeholder="http://127.0.0.1:3000" value="${url}"></label>
<button>Set</button></form><p class="small soft">Signed with <code>${secret}</code></p></section>`;
}

function option(value: string, text = value): Html {
  return html`<option value="${value}">${text}</option>`;
}

function tables(sandbox: Sandbox): Html {
  return html`${pendingFaults(sandbox)}
${companies(sandbox)}
${connections(sandbox)}
${invitations(sandbox)}
${mails(sandbox)}
${events(sandbox)}`;
}

function pendingFaults(sandbox: Sandbox): Html | undefined {
  const faults = sandbox.faults.list();
  if (faults.length === 0) return undefined;
  const rows = faults.map((fault) => html`<li><code>${JSON.stringify(fault)}</code></li>`);
  return html`<section class="card"><h2>Pending faults</h2>
<ul>${rows}</ul>${command('Clear them', { action: 'clear-faults' })}</section>`;
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
      badge(status),
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
      badge(each.status),
      each.maxUses === null ? String(each.useCount) : `${each.useCount} of ${each.maxUses}`,
      each.expiresAt === null ? 'never' : time(each.expiresAt),
      html`<a href="${each.invitationUrl}">open</a>`,
      log(each),
    ]);
  return table('Invitations', ['Created', 'For', 'Status', 'Uses', 'Expires', 'Link', 'Log'], rows);
}

function mails(sandbox: Sandbox): Html {
  const rows = sandbox
    .mails()
    .toReversed()
    .map(({ at, to, subject, link }) => [time(at), to, subject, html`<a href="${link}">open</a>`]);
  return table('Mail', ['Sent', 'To', 'Subject', 'Link'], rows);
}

function events(sandbox: Sandbox): Html {
  const rows = sandbox
    .events()
    .toReversed()
    .map((event) => [
      time(event.at),
      html`<code>${event.type}</code>`,
      badge(deliveryOf(event, sandbox)),
      attempts(event),
      command('Send again', { action: 'send-again', eventId: event.id }, event.id),
    ]);
  return table('Events', ['Created', 'Event', 'Delivery', 'Attempts', ''], rows);
}

function deliveryOf({ attempts, dueAt }: EventRow, sandbox: Sandbox): string {
  if (attempts.at(-1)?.delivered) return 'delivered';
  if (dueAt === null) return 'given up';
  return sandbox.receiver() ? 'waiting' : 'kept';
}

function attempts({ attempts, dueAt }: EventRow): Html | string {
  if (attempts.length === 0) return 'none';
  const rows = attempts.map(({ at, result }) => html`<div>${time(at)} ${result}</div>`);
  return html`${rows}${dueAt !== null && html`<div class="soft">next ${time(dueAt)}</div>`}`;
}

function log({ id, events = [] }: InvitationDetail): Html | string {
  if (events.length === 0) return 'empty';
  const rows = events as { type: string; at: string; email?: string }[];
  return html`<details id="log-${id}"><summary>${rows.length} ${rows.length === 1 ? 'entry' : 'entries'}</summary>
${rows.map(({ type, at, email }) => html`<div>${time(at)} ${type} ${email}</div>`)}</details>`;
}

function table(title: string, columns: string[], rows: (Html | string | undefined)[][]): Html {
  const content = rows.length === 0 ? html`<p class="soft">None yet.</p>` : grid(columns, rows);
  return html`<section class="card"><h2>${title}</h2>${content}</section>`;
}

function grid(columns: string[], rows: (Html | string | undefined)[][]): Html {
  const head = columns.map((name) => (name ? html`<th scope="col">${name}</th>` : html`<td></td>`));
  const cell = (content: Html | string | undefined, index: number) =>
    columns[index] ? html`<td data-name="${columns[index]}">${content}</td>` : html`<td>${content}</td>`;
  const body = rows.slice(0, shown).map((cells) => html`<tr>${cells.map(cell)}</tr>`);
  return html`<div class="scroll"><table><thead><tr>${head}</tr></thead>
<tbody>${body}</tbody></table></div>
${rows.length > shown && html`<p class="soft small">The newest ${shown} of ${rows.length}.</p>`}`;
}

/** A button that sends a command. @param id makes it a text button that keeps the focus when the page is updated */
function command(text: string, what: object, id?: string): Html {
  const json = JSON.stringify(what);
  return id === undefined
    ? html`<button type="button" data-command="${json}">${text}</button>`
    : html`<button type="button" id="button-${id}" class="text" data-command="${json}">${text}</button>`;
}

/** Converts text between backquotes to code. */
function withCode(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
