import { essenceOf } from '../../mock/media-type.ts';
import type { Fault } from '../../sandbox/faults.ts';
import { respond } from '../../sandbox/pages/html.ts';
import { liveScript } from '../../sandbox/pages/live.ts';
import { style } from '../../sandbox/pages/style.ts';
import type { Duration, Sandbox } from '../sandbox.ts';
import { controlPage } from './control.ts';
import { mailPage } from './mail.ts';
import { type Desk, recipientPage } from './recipient.ts';

/** The commands of the control page. */
type Command =
  | ({ action: 'advance' } & Duration)
  | { action: 'set-status'; connectionId: string; status: string }
  | ({ action: 'fault' } & Fault)
  | { action: 'clear-faults' }
  | { action: 'receiver'; url?: string }
  | { action: 'send-again'; eventId: string }
  | { action: 'use'; link: string; email?: string; username?: string; password: string; code?: string }
  | { action: 'reset' };

/** The pages of a sandbox: a response for the paths that are not the API's. */
export function createPages(
  sandbox: Sandbox,
  desk: Desk,
): (request: Request) => Promise<Response | undefined> {
  return async (request) => {
    const { pathname, origin } = new URL(request.url);
    const isPage = /^\/(?:$|p\/i\/|sandbox\/)/.test(pathname);
    if (!isPage) return undefined;
    if (request.method === 'POST' && isForeign(request, origin))
      return json(403, { detail: 'Only the pages of the sandbox itself may do that.' });
    if (/^\/p\/i\/[^/]+$/.test(pathname)) return recipientPage(request, desk);
    if (pathname === '/sandbox/control' && request.method === 'POST') return control(request, sandbox);
    if (request.method !== 'GET') return json(405, { detail: `Method "${request.method}" not allowed.` });
    switch (pathname) {
      case '/':
        return controlPage(sandbox, origin);
      case '/sandbox/mail':
        return mailPage(sandbox);
      case '/sandbox/changes':
        return changes(sandbox);
      case '/sandbox/state':
        return json(200, {
          now: sandbox.clock.now().toISOString(),
          companies: sandbox.tenants(),
          receiver: sandbox.receiver() ?? null,
          webhookSecret: sandbox.webhookSecret,
          connections: sandbox.allConnections(),
          invitations: sandbox.invitations(),
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

async function control(request: Request, sandbox: Sandbox): Promise<Response> {
  // A form of another site cannot send this media type.
  if (essenceOf(request.headers.get('content-type') ?? '') !== 'application/json')
    return json(415, { detail: 'Send JSON, with "Content-Type: application/json".' });
  try {
    return json(200, { done: await execute(JSON.parse(await request.text()), sandbox) });
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    return json(400, { detail: error.message });
  }
}

/** @returns a sentence that says what was done */
async function execute(command: Command, sandbox: Sandbox): Promise<string> {
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
    case 'set-status':
      await sandbox.setStatus(command.connectionId, String(command.status));
      return `The connection is ${command.status}.`;
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
    case 'use':
      return await sandbox.recipient(String(command.link)).submit(command);
    case 'reset':
      sandbox.reset();
      return 'The sandbox was reset.';
    default:
      throw new RangeError(
        'action is one of advance, set-status, fault, clear-faults, receiver, send-again, use, reset.',
      );
  }
}

/** Streams an event for each change. Changes in quick succession are combined. */
function changes(sandbox: Sandbox): Response {
  let changed = true;
  let wake = () => {};
  const end = sandbox.onChange(() => {
    changed = true;
    wake();
  });
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!changed) await new Promise<void>((resolve) => (wake = resolve));
      changed = false;
      controller.enqueue(new TextEncoder().encode('data: changed\n\n'));
    },
    cancel() {
      end();
      wake();
    },
  });
  return respond(body, 'text/event-stream');
}

function json(status: number, value: object): Response {
  return respond(JSON.stringify(value), 'application/json', status);
}
