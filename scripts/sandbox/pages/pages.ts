import { essenceOf } from '../../mock/media-type.ts';
import type { Calls } from '../calls.ts';
import type { Fault } from '../faults.ts';
import type { EngineSandbox } from '../sandbox.ts';
import type { Duration, SentMail } from '../world.ts';
import { type ControlParts, controlPage } from './control.ts';
import { type Html, respond } from './html.ts';
import { liveScript } from './live.ts';
import { mailPage } from './mail.ts';
import { style } from './style.ts';

/** What a service adds to the pages. */
export interface ServicePages {
  /** The name of the service. */
  name: string;
  /** The start of the paths of its own pages. */
  prefix: string;
  /** Responds for one of its own pages; undefined if there is none. */
  respond(request: Request): Promise<Response> | undefined;
  control(origin: string): ControlParts;
  /** The sender of its mails. */
  sender: string;
  /** The text of a mail, and what the pages show without one. */
  mail(mail: SentMail & { link: string }): Html;
  noMail: Html;
  /** What `/sandbox/state` has in addition. */
  state(): object;
  /** The commands that it adds, by their `action`. Each returns a sentence that says what was done. */
  commands: Record<string, (command: never) => Promise<string>>;
}

/** The commands of the control page. */
type Command =
  | ({ action: 'advance' } & Duration)
  | ({ action: 'fault' } & Fault)
  | { action: 'clear-faults' }
  | { action: 'receiver'; url?: string }
  | { action: 'send-again'; eventId: string }
  | { action: 'reset' };

/**
 * The pages of a sandbox: a response for the paths that are not the API's.
 *
 * @param operations the operationIds of the contract
 */
export function createPages(
  sandbox: EngineSandbox,
  operations: readonly string[],
  service: ServicePages,
  calls: Pick<Calls, 'onChange'>,
): (request: Request) => Promise<Response | undefined> {
  return async (request) => {
    const { pathname, origin } = new URL(request.url);
    const isPage =
      pathname === '/' || [service.prefix, '/sandbox/'].some((each) => pathname.startsWith(each));
    if (!isPage) return undefined;
    if (request.method === 'POST' && isForeign(request, origin))
      return json(403, { detail: 'Only the pages of the sandbox itself may do that.' });
    const own = service.respond(request);
    if (own) return own;
    if (pathname === '/sandbox/control' && request.method === 'POST')
      return control(request, sandbox, service.commands);
    if (request.method !== 'GET') return json(405, { detail: `Method "${request.method}" not allowed.` });
    switch (pathname) {
      case '/':
        return controlPage(sandbox, operations, service, service.control(origin));
      case '/sandbox/mail':
        return mailPage(sandbox, service);
      case '/sandbox/changes':
        return changes([sandbox, calls]);
      case '/sandbox/state':
        return json(200, {
          now: sandbox.clock.now().toISOString(),
          receiver: sandbox.receiver() ?? null,
          webhookSecret: sandbox.webhookSecret,
          ...service.state(),
          requests: sandbox.requests(),
          mails: sandbox.mails(),
          events: sandbox.events(),
          faults: sandbox.faults.list(),
        });
      case '/sandbox/style.css':
        return respond(style, 'text/css');
      case '/sandbox/live.js':
        return respond(liveScript, 'text/javascript');
      default:
        return json(404, { detail: 'The sandbox has no such page. Its control page is at /.' });
    }
  };
}

/** Browsers send the origin of a request. Programs on this machine do not, and are allowed. */
function isForeign({ headers }: Request, own: string): boolean {
  const from = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  return (from !== null && from !== own) || site === 'cross-site' || site === 'same-site';
}

async function control(
  request: Request,
  sandbox: EngineSandbox,
  added: ServicePages['commands'],
): Promise<Response> {
  // A form of another site cannot send this media type.
  if (essenceOf(request.headers.get('content-type') ?? '') !== 'application/json')
    return json(415, { detail: 'Send JSON, with "Content-Type: application/json".' });
  try {
    return json(200, { done: await execute(JSON.parse(await request.text()), sandbox, added) });
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    return json(400, { detail: error.message });
  }
}

/** @returns a sentence that says what was done */
async function execute(
  command: Command,
  sandbox: EngineSandbox,
  added: ServicePages['commands'],
): Promise<string> {
  switch (command?.action) {
    case 'advance': {
      const { action: _, ...by } = command;
      const isTime = ([name, value]: [string, unknown]) =>
        ['days', 'hours', 'minutes', 'seconds'].includes(name) &&
        typeof value === 'number' &&
        value >= 0 &&
        value < 1e6;
      if (!Object.entries(by).every(isTime))
        throw new RangeError('advance takes days, hours, minutes and seconds, each a number from 0 on.');
      await sandbox.clock.advance(by);
      return `It is ${sandbox.clock.now().toISOString()} now.`;
    }
    case 'fault': {
      const { action: _, ...fault } = command;
      sandbox.faults.add(fault as Fault);
      return 'The fault is pending.';
    }
    case 'clear-faults':
      sandbox.faults.clear();
      return 'All faults were removed.';
    case 'receiver': {
      const { url } = command;
      if (url !== undefined && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)))
        throw new RangeError('url is an address that begins with http:// or https://.');
      await sandbox.setReceiver(url === undefined ? undefined : { url });
      return url === undefined ? 'Events are kept.' : `Events go to ${url}.`;
    }
    case 'send-again':
      await sandbox.sendAgain(command.eventId);
      return 'The event was sent again.';
    case 'reset':
      sandbox.reset();
      return 'The sandbox was reset.';
    default: {
      const { action } = Object(command) as { action?: unknown };
      const run = typeof action === 'string' && Object.hasOwn(added, action) && added[action];
      if (run) return run(command as never);
      const known = ['advance', 'fault', 'clear-faults', 'receiver', 'send-again', 'reset'];
      throw new RangeError(`action is one of ${[...known, ...Object.keys(added)].join(', ')}.`);
    }
  }
}

/** Streams an event for each change. Changes in quick succession are combined. */
function changes(sources: Pick<EngineSandbox, 'onChange'>[]): Response {
  let changed = true;
  let wake = () => {};
  const note = () => {
    changed = true;
    wake();
  };
  const ends = sources.map((source) => source.onChange(note));
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!changed) await new Promise<void>((resolve) => (wake = resolve));
      changed = false;
      controller.enqueue(new TextEncoder().encode('data: changed\n\n'));
    },
    cancel() {
      for (const end of ends) end();
      wake();
    },
  });
  return respond(body, 'text/event-stream');
}

function json(status: number, value: object): Response {
  return respond(JSON.stringify(value), 'application/json', status);
}
