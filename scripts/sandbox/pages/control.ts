import type { RecordedRequest } from '../requests.ts';
import type { EngineSandbox } from '../sandbox.ts';
import type { EventRow } from '../world.ts';
import { badge, copyable, type Html, html, navigation, respondPage, time } from './html.ts';

const shown = 50;

/** What a service adds to the control page. */
export interface ControlParts {
  /** Below the heading. */
  start: Html;
  tools: Html;
  /** Its part of the live state. */
  tables: Html;
  /** The rest of it, below the requests, events and mails. */
  more: Html;
  /** The subject of an event: the connection that it is about. */
  subjectOf(event: EventRow): string | undefined;
  /** The behavior that is not documented and that the sandbox therefore chose. */
  choices: readonly string[];
}

/** The control page: the live state of the sandbox, and the buttons that change it. */
export function controlPage(
  sandbox: EngineSandbox,
  { operations, requests }: { operations: readonly string[]; requests: readonly RecordedRequest[] },
  name: string,
  { start, tools, tables, more, subjectOf, choices }: ControlParts,
): Response {
  return respondPage({
    title: `${name} sandbox`,
    navigation: navigation(name, 'control', clock(sandbox)),
    script: '/sandbox/live.js',
    main: html`<main><h1>Sandbox</h1>
${start}
<div id="live">${pendingFaults(sandbox)}
${tables}
${requestTable(requests)}
${events(sandbox, subjectOf)}
${mails(sandbox)}
${more}</div>
<div class="tools">
${tools}
${faultCard(operations)}
${receiverCard(sandbox)}
</div>
<section class="card"><h2>What the sandbox decides</h2>
<p class="soft small">These are not documented; the real service may behave differently.</p>
<ul class="small">${choices.map((choice) => html`<li>${withCode(choice)}</li>`)}</ul></section>
<section class="card apart"><h2>Start over</h2>
<p>Removes everything that was created, and sets the clock back. The address for the events stays.</p>
<button type="button" class="danger" data-ask="start-over">Start over …</button>
<dialog id="start-over" aria-labelledby="start-over-title"><form method="dialog">
<h2 id="start-over-title">Start over?</h2><p>Everything that was created in this sandbox is lost.</p>
<div class="row"><button class="danger" data-command="${JSON.stringify({ action: 'reset' })}">Start over</button>
<button autofocus>Keep them</button></div></form></dialog></section>
</main>`,
  });
}

function clock(sandbox: EngineSandbox): Html {
  const step = (text: string, by: object) => command(text, { action: 'advance', ...by });
  return html`<div class="clock"><span class="small">Clock <span id="clock">${time(sandbox.clock.now().toISOString())}</span> UTC</span>
${step('+ 1 hour', { hours: 1 })} ${step('+ 1 day', { days: 1 })} ${step('+ 8 days', { days: 8 })}</div>`;
}

const faultKinds = [
  option('lose', 'handle the call, lose the response'),
  option('drop', 'break the connection before'),
  option('status', 'respond with a status'),
  option('truncate', 'cut the response off'),
  option('delay', 'handle the call late'),
  option('slow', 'send the response slowly'),
];

const shares = [option('', 'the next call'), option('0.3', '30 % of the calls'), option('1', 'every call')];

/** Each kind has fields of its own; the styles show those, and the script sends what is shown. */
function faultCard(operations: readonly string[]): Html {
  return html`<section class="card"><h2>Inject a fault</h2><form data-action="fault" data-numbers>
<label>What happens<select name="kind">${faultKinds}</select></label>
<div class="row"><label>Operation<select name="operation">${option('', 'any')}${operations.map((each) => option(each))}</select></label>
<label>When<select name="share">${shares}</select></label></div>
<div class="row"><label class="for-status">Status<input name="status" inputmode="numeric" value="503"></label>
<label class="for-status">Retry-After, in seconds<input name="retryAfter" inputmode="numeric"></label>
<label class="for-time">Milliseconds<input name="ms" inputmode="numeric" value="2000"></label></div>
<button class="main">Inject</button></form></section>`;
}

function receiverCard(sandbox: EngineSandbox): Html {
  const { url = 'http://127.0.0.1:3000', secret = sandbox.webhookSecret } = sandbox.receiver() ?? {};
  return html`<section class="card"><h2>Send the events</h2><form data-action="receiver">
<label>To the address<input name="url" type="url" value="${url}"></label>
<button class="main">Send them there</button></form>
<p class="small soft">Without an address, they are kept. Signed with ${copyable(secret)}</p></section>`;
}

export function option(value: string, text = value): Html {
  return html`<option value="${value}">${text}</option>`;
}

function pendingFaults(sandbox: EngineSandbox): Html | undefined {
  const faults = sandbox.faults.list();
  if (faults.length === 0) return undefined;
  const rows = faults.map((fault) => html`<li><code>${JSON.stringify(fault)}</code></li>`);
  return html`<section class="card"><h2>Pending faults</h2>
<ul>${rows}</ul>${command('Clear them', { action: 'clear-faults' })}</section>`;
}

function requestTable(requests: readonly RecordedRequest[]): Html {
  const rows = requests.map(({ id, at, line, end, sent, received }) => [
    time(at),
    html`<code>${line}</code>`,
    badge(end, /^2/.test(end) ? 'good' : 'bad'),
    bodies(`request-${id}`, { Sent: sent, Received: received }),
  ]);
  return table('Requests', ['At', 'Request', 'Response', 'Bodies'], rows);
}

/** Texts that open on demand, JSON with a line for each field. */
export function bodies(id: string, texts: Record<string, string>): Html | string {
  const given = Object.entries(texts).filter(([, text]) => text !== '');
  if (given.length === 0) return 'none';
  return html`<details id="${id}"><summary>show</summary>
${given.map(([title, text]) => html`<div class="soft small">${title}</div><pre tabindex="0">${pretty(text)}</pre>`)}</details>`;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function mails(sandbox: EngineSandbox): Html {
  const rows = sandbox
    .mails()
    .toReversed()
    .map(({ at, to, subject }) => [time(at), to, subject, html`<a href="/sandbox/mail">read</a>`]);
  return table('Mail', ['Sent', 'To', 'Subject', 'Mail'], rows);
}

function events(sandbox: EngineSandbox, subjectOf: ControlParts['subjectOf']): Html {
  const rows = sandbox
    .events()
    .toReversed()
    .map((event) => [
      time(event.at),
      html`<code>${event.type}</code>`,
      subjectOf(event),
      delivery(event, sandbox),
      attempts(event),
      bodies(`event-${event.id}`, { Payload: JSON.stringify(event.payload) }),
      command('Send again', { action: 'send-again', eventId: event.id }, event.id),
    ]);
  return table('Events', ['Created', 'Event', 'About', 'Delivery', 'Attempts', 'Payload', ''], rows);
}

function delivery({ attempts, dueAt }: EventRow, sandbox: EngineSandbox): Html {
  if (attempts.at(-1)?.delivered) return badge('delivered', 'good');
  if (dueAt === null) return badge('given up', 'bad');
  return badge(sandbox.receiver() ? 'waiting' : 'kept', 'wait');
}

function attempts({ attempts, dueAt }: EventRow): Html | string {
  if (attempts.length === 0) return 'none';
  const rows = attempts.map(({ at, result }) => html`<div>${time(at)} ${result}</div>`);
  return html`${rows}${dueAt !== null && html`<div class="soft">next ${time(dueAt)}</div>`}`;
}

export function table(title: string, columns: string[], rows: (Html | string | undefined)[][]): Html {
  const content = rows.length === 0 ? html`<p class="soft">None yet.</p>` : grid(columns, rows);
  return html`<section class="card"><h2>${title}</h2>${content}</section>`;
}

function grid(columns: string[], rows: (Html | string | undefined)[][]): Html {
  const head = columns.map((name) => (name ? html`<th scope="col">${name}</th>` : html`<td></td>`));
  const cell = (content: Html | string | undefined, index: number) =>
    columns[index] ? html`<td data-name="${columns[index]}">${content}</td>` : html`<td>${content}</td>`;
  const body = rows.slice(0, shown).map((cells) => html`<tr>${cells.map(cell)}</tr>`);
  return html`<div class="scroll" tabindex="0"><table><thead><tr>${head}</tr></thead>
<tbody>${body}</tbody></table></div>
${rows.length > shown && html`<p class="soft small">The newest ${shown} of ${rows.length}.</p>`}`;
}

/** A button that sends a command. @param id makes it a text button that keeps the focus when the page is updated */
export function command(text: string, what: object, id?: string): Html {
  const json = JSON.stringify(what);
  return id === undefined
    ? html`<button type="button" data-command="${json}">${text}</button>`
    : html`<button type="button" id="button-${id}" class="text" data-command="${json}">${text}</button>`;
}

/** Converts text between backquotes to code. */
function withCode(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
