import type { EngineSandbox } from '../sandbox.ts';
import type { EventRow } from '../world.ts';
import { badge, type Html, html, navigation, respondPage, time } from './html.ts';

const shown = 50;

/** What a service adds to the control page. */
export interface ControlParts {
  /** Below the heading. */
  start: Html;
  tools: Html;
  /** Its part of the live state. */
  tables: Html;
  /** The behavior that is not documented and that the sandbox therefore chose. */
  choices: readonly string[];
}

/** The control page: the live state of the sandbox, and the buttons that change it. */
export function controlPage(
  sandbox: EngineSandbox,
  operations: readonly string[],
  name: string,
  { start, tools, tables, choices }: ControlParts,
): Response {
  return respondPage({
    title: `${name} sandbox`,
    navigation: navigation(
      name,
      'control',
      html`<span class="small soft">Clock: <span id="clock">${time(sandbox.clock.now().toISOString())}</span> UTC</span>`,
    ),
    script: '/sandbox/live.js',
    main: html`<main><h1>Sandbox</h1>
${start}
<div class="tools">
${clockCard}
${tools}
${faultCard(operations)}
${receiverCard(sandbox)}
</div>
<div id="live">${pendingFaults(sandbox)}
${tables}
${mails(sandbox)}
${events(sandbox)}</div>
<section class="card"><h2>What the sandbox decides</h2>
<p class="soft small">These are not documented; the real service may behave differently.</p>
<ul class="small">${choices.map((choice) => html`<li>${withCode(choice)}</li>`)}</ul></section>
</main>`,
  });
}

const clockCard = html`<section class="card"><h2>Clock</h2><div class="row">
${command('+ 1 hour', { action: 'advance', hours: 1 })}
${command('+ 1 day', { action: 'advance', days: 1 })}
${command('+ 8 days', { action: 'advance', days: 8 })}
${command('Start over', { action: 'reset' })}</div></section>`;

const faultKinds = [
  option('lose', 'lose the response'),
  option('drop', 'drop before acting'),
  option('status', 'respond with a status'),
  option('truncate', 'cut the response off'),
  option('delay'),
  option('slow', 'slow response'),
];

function faultCard(operations: readonly string[]): Html {
  return html`<section class="card"><h2>Inject a fault</h2><form data-action="fault">
<div class="row"><label>Kind<select name="kind">${faultKinds}</select></label>
<label>Operation<select name="operation">${option('', 'any')}${operations.map((each) => option(each))}</select></label></div>
<div class="row"><label>Status<input name="status" inputmode="numeric" placeholder="503"></label>
<label>Retry-After<input name="retryAfter" inputmode="numeric" placeholder="s"></label>
<label>Milliseconds<input name="ms" inputmode="numeric" placeholder="2000"></label>
<label>Share<input name="share" inputmode="decimal" placeholder="next call"></label></div>
<button>Inject</button></form></section>`;
}

function receiverCard(sandbox: EngineSandbox): Html {
  const { url = '', secret = sandbox.webhookSecret } = sandbox.receiver() ?? {};
  return html`<section class="card"><h2>Webhook</h2><form data-action="receiver">
<label>URL for the events<input name="url" type="url" placeholder="http://127.0.0.1:3000" value="${url}"></label>
<button>Set</button></form><p class="small soft">Signed with <code>${secret}</code></p></section>`;
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

function mails(sandbox: EngineSandbox): Html {
  const rows = sandbox
    .mails()
    .toReversed()
    .map(({ at, to, subject, link }) => [time(at), to, subject, html`<a href="${link}">open</a>`]);
  return table('Mail', ['Sent', 'To', 'Subject', 'Link'], rows);
}

function events(sandbox: EngineSandbox): Html {
  const rows = sandbox
    .events()
    .toReversed()
    .map((event) => [
      time(event.at),
      html`<code>${event.type}</code>`,
      delivery(event, sandbox),
      attempts(event),
      command('Send again', { action: 'send-again', eventId: event.id }, event.id),
    ]);
  return table('Events', ['Created', 'Event', 'Delivery', 'Attempts', ''], rows);
}

function delivery({ attempts, dueAt }: EventRow, sandbox: EngineSandbox): Html {
  if (attempts.at(-1)?.delivered) return badge('delivered', 'good');
  if (dueAt === null) return badge('given up', 'bad');
  return badge(sandbox.receiver() ? 'waiting' : 'kept', 'calm');
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
  return html`<div class="scroll"><table><thead><tr>${head}</tr></thead>
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
