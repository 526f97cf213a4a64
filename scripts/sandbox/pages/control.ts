import type { ApiCall } from '../calls.ts';
import type { Fault } from '../faults.ts';
import type { EngineSandbox } from '../sandbox.ts';
import type { EventRow } from '../world.ts';
import { badge, type Html, html, type Kind, navigation, respondPage, time } from './html.ts';
import { letter } from './mail.ts';
import type { ServicePages } from './pages.ts';
import { code, command, entry, facts, list, option, value } from './parts.ts';

/** What a service adds to the control page. */
export interface ControlParts {
  /** What to do there. */
  introduction: string;
  /** What a program needs to call the API. */
  access: Html;
  tools: Html;
  /** Its part of the live state. */
  lists: Html;
  /** What an event is about, in its row and in full. */
  about(payload: object): { name: string | undefined; facts: Html };
  /** The behavior that is not documented and that the sandbox therefore chose. */
  choices: readonly string[];
}

/** The control page: the live state of the sandbox, and the buttons that change it. */
export function controlPage(
  sandbox: EngineSandbox,
  operations: readonly string[],
  service: ServicePages,
  { introduction, access, tools, lists, about, choices }: ControlParts,
): Response {
  const { name } = service;
  return respondPage({
    title: `${name} sandbox`,
    navigation: navigation(
      name,
      'control',
      html`<button type="button" class="text" data-open="start-over">Start over…</button>`,
    ),
    script: '/sandbox/live.js',
    main: html`<main><div class="top"><div><h1>Sandbox</h1>
<p class="soft">${introduction} <a class="jump" href="#tools">Keys and tools</a></p></div>
<section class="clock" aria-labelledby="clock-name"><h2 id="clock-name">Clock</h2><span id="clock" data-live>${time(sandbox.clock.now().toISOString())} UTC</span>
<div class="group">${command('+ 1 hour', { action: 'advance', hours: 1 })}${command('+ 1 day', { action: 'advance', days: 1 })}${command('+ 8 days', { action: 'advance', days: 8 })}</div></section></div>
<div class="columns"><div id="live" data-live>${lists}
${list('requests', 'Requests', sandbox.requests().map(request).reverse(), 'No request yet.')}
${list(
  'events',
  'Events',
  sandbox
    .events()
    .map((each) => event(each, sandbox, about))
    .reverse(),
  'No event yet.',
)}
${list('mails', 'Mails', mails(sandbox, service), service.noMail)}</div>
<div class="tools" id="tools">${access}
${tools}
${receiverCard(sandbox)}
${faultCard(operations)}
<div id="faults" data-live>${pendingFaults(sandbox)}</div></div></div>
<details class="card choices"><summary><h2>What the sandbox decides</h2></summary>
<p class="soft">These are not documented; the real service may behave differently.</p>
<ul>${choices.map((choice) => html`<li>${withCode(choice)}</li>`)}</ul></details>
</main>
<p id="said" role="status" class="toast"></p>
<dialog id="start-over" aria-labelledby="start-over-name"><h2 id="start-over-name">Start over?</h2>
<p>This removes what was created since the start, with all mails, events and faults, also from the file of <code>--data</code>, and sets the clock back. The URL for the events stays.</p>
<form method="dialog" class="row end"><button autofocus>Keep everything</button>${command('Start over', { action: 'reset' }, 'danger')}</form></dialog>`,
  });
}

function request(call: ApiCall): Html {
  const { id, at, method, path, operation, body, status, response, fault, failure } = call;
  const head = html`${outcome(call)}<span class="grow"><span class="small soft">${method}</span> ${operation === undefined ? html`<code>${path}</code>` : html`<b>${operation}</b>`}</span>${time(at)}`;
  return entry(
    id,
    head,
    html`<p class="line"><code>${method} ${path}</code></p>
${failure && html`<p>The sandbox failed: ${failure}</p>`}
${fault && html`<p>A fault changed this call: ${describe(fault)}</p>`}
${body !== '' && code('Request', body)}
${status !== undefined && (response === '' ? html`<p class="soft">The response has no body.</p>` : code(`Response ${status}`, response ?? ''))}`,
  );
}

function outcome({ status, fault, failure }: ApiCall): Html {
  if (failure !== undefined) return badge('failed', 'bad');
  if (fault?.kind === 'drop') return badge('dropped', 'bad');
  if (status === undefined) return badge('waits', 'wait');
  if (fault?.kind === 'lose') return badge(`${status} lost`, 'bad');
  if (fault?.kind === 'truncate') return badge(`${status} cut`, 'bad');
  return badge(String(status), status < 400 ? 'good' : 'bad');
}

function event(row: EventRow, sandbox: EngineSandbox, about: ControlParts['about']): Html {
  const { id, at, type, payload, attempts, dueAt } = row;
  const { name, facts: more } = about(payload);
  const head = html`${badge(...delivery(row, sandbox))}<span class="grow"><b>${type}</b> <span class="soft">${name}</span></span>${time(at)}`;
  return entry(
    id,
    head,
    html`${more}${facts({ Event: value(id, 'the id of the event') })}
${code('Payload', payload)}
<ol class="line-of-time">${attempts.map((each) => html`<li class="${each.delivered ? 'good' : 'bad'}">${time(each.at)} ${each.delivered ? 'delivered' : 'failed'}: ${each.result}</li>`)}
${dueAt !== null && html`<li class="wait">${sandbox.receiver() ? html`next attempt: ${time(dueAt)}` : 'kept until there is a URL for the events'}</li>`}</ol>
${command('Send again', { action: 'send-again', eventId: id })}`,
  );
}

function delivery({ attempts, dueAt }: EventRow, sandbox: EngineSandbox): [string, Kind] {
  if (attempts.at(-1)?.delivered) return ['delivered', 'good'];
  if (dueAt === null) return ['given up', 'bad'];
  return [sandbox.receiver() ? 'waits' : 'kept', 'wait'];
}

function mails(sandbox: EngineSandbox, service: ServicePages): Html[] {
  return sandbox
    .mails()
    .toReversed()
    .map((mail) => {
      const head = html`<span class="grow"><b>${mail.subject}</b> <span class="soft">${mail.to}</span></span>${time(mail.at)}`;
      return entry(`mail-${mail.id}`, head, letter(mail, service));
    });
}

const faultKinds = [
  option('lose', 'lose the response'),
  option('drop', 'drop it before it is handled'),
  option('status', 'respond with a status'),
  option('truncate', 'cut the response off'),
  option('delay', 'handle it later'),
  option('slow', 'send the response slowly'),
];

function describe(fault: Fault): string {
  return Object.entries(fault)
    .map(([name, each]) => `${name}: ${each}`)
    .join(', ');
}

/** The fields of other kinds are hidden, and not sent. */
function faultCard(operations: readonly string[]): Html {
  return html`<section class="card"><h2>Inject a fault</h2><form data-action="fault" novalidate>
<label>What happens<select name="kind">${faultKinds}</select></label>
<div class="row for-status"><label>Status<input name="status" type="number" value="503"></label>
<label>Retry-After, in s<input name="retryAfter" type="number" value="1"></label></div>
<label class="for-ms">Milliseconds<input name="ms" type="number" value="2000"></label>
<label>Operation<select name="operation">${option('', 'any')}${operations.map((each) => option(each))}</select></label>
<label>Calls<select name="share">${option('', 'the next one')}${option('1', 'all')}${option('0.5', 'half of them, at random')}${option('0.1', 'one in ten, at random')}</select></label>
<button class="main">Inject</button></form></section>`;
}

function pendingFaults(sandbox: EngineSandbox): Html | undefined {
  const faults = sandbox.faults.list();
  if (faults.length === 0) return undefined;
  return html`<section class="card"><h2>Pending faults</h2>
<ul class="rows">${faults.map((fault) => html`<li>${describe(fault)}</li>`)}</ul>${command('Clear them', { action: 'clear-faults' })}</section>`;
}

function receiverCard(sandbox: EngineSandbox): Html {
  const receiver = sandbox.receiver();
  const signed =
    receiver?.secret === undefined
      ? html`signed with ${value(sandbox.webhookSecret, 'the secret')}`
      : 'signed with the secret of the receiver.';
  return html`<section class="card"><h2>Webhook</h2><form data-action="receiver" novalidate>
<label>URL for the events; empty for none<input name="url" type="url" value="${receiver?.url ?? 'http://127.0.0.1:3000'}"></label>
<button class="main">Send events there</button></form>
<p class="small soft" id="receiver" data-live>${receiver ? html`Events go to ${value(receiver.url, 'the URL')},` : 'No URL is set: events are kept. They will be'} ${signed}</p></section>`;
}

/** Converts text between backquotes to code. */
function withCode(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
