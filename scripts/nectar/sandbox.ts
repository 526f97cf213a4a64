import type { Company, Connection, InvitationDetail } from '../../generated/schema.ts';
import { type Api, createApi, refusal } from '../sandbox/api.ts';
import { deliverDue, nextDue, type Receiver, sendAgain, webhookSecret } from '../sandbox/events.ts';
import {
  type Fault,
  Faults,
  faultHeader,
  readFaultHeader,
  untilAborted,
  withFault,
} from '../sandbox/faults.ts';
import {
  type Duration,
  type EventRow,
  type Journal,
  type Mail,
  millisecondsOf,
  type Tenant,
  World,
} from '../sandbox/world.ts';
import { setStatus } from './connections.ts';
import { type Credentials, show, showDetail } from './invitations.ts';
import { createPages } from './pages/pages.ts';
import * as recipients from './recipient.ts';
import { type ConnectionName, connectionIds, harborKey, plant, type Seed } from './seed.ts';

export type { Receiver } from '../sandbox/events.ts';
export type { Fault, FaultKind } from '../sandbox/faults.ts';
export type { Change, Duration, EventRow, Journal, Mail, Tenant } from '../sandbox/world.ts';
export type { Credentials } from './invitations.ts';
export type { Submitted } from './recipient.ts';
export type { ConnectionName, Seed } from './seed.ts';

/** Options of a sandbox. */
export interface SandboxOptions {
  /**
   * Its initial state: some connections that wait for their owners, or the same ones connected.
   * @default 'broken-connections'
   */
  seed?: Seed;
  /**
   * The seed of the random ids, tokens and faults.
   * @default 1
   */
  random?: number;
  /**
   * The start of a clock that only moves when it is advanced; `real` for a running clock.
   * @default 2026-03-02T09:15:00Z
   */
  clock?: Date | 'real';
  /**
   * The origin of the invitation links.
   * @default 'https://sandbox.invalid'
   */
  origin?: string;
  /** The receiver of the events. Without one, they are kept until there is one. */
  receiver?: Receiver | undefined;
  /** Stores the state beyond the process. */
  journal?: Journal;
  /**
   * Handles each call after the faults, for example to validate it: `npm run sandbox` uses Prism. @default
   * `api.respond`
   */
  through?: (request: Request, api: Api) => Promise<Response>;
}

/** The actions of a recipient with a link: `invitationUrl`, or the link of a mail. */
export interface RecipientActions {
  /** Opens the link. @returns the page, or the reason why the link is dead */
  open(): Promise<'form' | 'email-needed' | Submitted>;
  /**
   * Submits the form. If the invitation is for certain addresses, `email` is verified first, by a mail that the sandbox
   * sends to it. The events are delivered when this resolves.
   */
  submit(credentials: Credentials & { email?: string }): Promise<Submitted>;
}

type Submitted = recipients.Submitted;

/** A simulated Nectar: its API, mails, recipients, events and clock. */
export interface Sandbox {
  /** The API key of `company`. */
  readonly key: string;
  readonly company: Company & { id: string };
  /** The initial connections, in their current state. */
  readonly connections: Readonly<Record<ConnectionName, Connection>>;
  /** The secret of the event signatures, for `unwrap`. */
  readonly webhookSecret: string;
  /** Handles a request like the service, for any host. Pass it to `createClient({ fetch })`. */
  readonly fetch: typeof globalThis.fetch;
  readonly clock: {
    now(): Date;
    /** Makes each attempt to send an event that is due on the way, at its time. Resolves when they have ended. */
    advance(by: Duration): Promise<void>;
  };
  readonly faults: Pick<Faults, 'add' | 'clear' | 'list'>;
  /** The sent mails, the oldest first. */
  mails(to?: string): (Mail & { link: string })[];
  /** All invitations with their logs, the oldest first. */
  invitations(): InvitationDetail[];
  allConnections(): Connection[];
  /** The companies and their API keys. */
  tenants(): Tenant[];
  /** All events with the attempts to deliver them, the oldest first. */
  events(): EventRow[];
  recipient(link: string): RecipientActions;
  /** Changes the status of a connection, like Nectar's weekly check, and sends the events. */
  setStatus(connectionId: string, status: string): Promise<void>;
  /** Sends an event once more, with the same id. */
  sendAgain(eventId: string): Promise<void>;
  /** Sets the receiver of the events; undefined for none. */
  setReceiver(receiver: Receiver | undefined): Promise<void>;
  receiver(): Receiver | undefined;
  /** Sends the events that are due. The functions above that cause events do this as well. */
  deliver(): Promise<void>;
  /** Restores the initial state and clock, and removes the faults. Keeps the receiver. */
  reset(): void;
  /** Calls a function after each change. @returns the function that removes it */
  onChange(listener: () => void): () => void;
}

/**
 * Creates a sandbox: deterministic, in memory, on Web APIs alone.
 *
 * @example
 * const sandbox = createSandbox();
 * const nectar = createClient({ apiKey: sandbox.key, fetch: sandbox.fetch });
 */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const {
    seed = 'broken-connections',
    random = 1,
    clock = new Date('2026-03-02T09:15:00Z'),
    origin = 'https://sandbox.invalid',
    journal,
    through = (request, api) => api.respond(request),
  } = options;
  const base = clock === 'real' ? Date.now : () => clock.getTime();
  const listeners = new Set<() => void>();
  let underWay = new Set<string>();

  let world = new World(base, random);
  world.restore(journal?.load() ?? []);
  if (world.tenants.all().length === 0) begin();
  let receiver: Receiver | undefined = options.receiver ?? world.receiver ?? undefined;
  if (receiver) transact(() => world.keepReceiver(receiver));

  function begin(): void {
    const kept = world.receiver;
    world = new World(base, random);
    underWay = new Set();
    plant(world, seed);
    world.keepReceiver(kept);
    world.keepChanges((changes) => journal?.save(changes, { clear: true }));
  }

  /** Runs each change of the state: stores it and calls the observers before it returns. */
  function transact<Result>(work: () => Result): Result {
    try {
      return work();
    } finally {
      const changed = world.keepChanges((changes) => journal?.save(changes, { clear: false }));
      if (changed) for (const listener of listeners) listener();
    }
  }

  async function deliver(): Promise<void> {
    const due = nextDue(world, underWay);
    if (receiver === undefined || due === undefined || due > world.now()) return;
    const current = world;
    await deliverDue(world, receiver, underWay, (event) => {
      // After a reset, the event no longer exists.
      if (world === current) transact(() => world.events.put(event));
    });
  }

  async function change(work: () => void): Promise<void> {
    transact(work);
    await deliver();
  }

  /** Moves the clock from one attempt to deliver an event to the next, so that each is made at its time. */
  async function advance(milliseconds: number): Promise<void> {
    const current = world;
    current.checkAdvance(milliseconds);
    const end = current.now() + milliseconds;
    for (;;) {
      const due = receiver && nextDue(current, underWay);
      if (world !== current || due === undefined || due > end) break;
      transact(() => current.advance(Math.max(0, due - current.now())));
      await deliver();
    }
    if (world === current) transact(() => current.advance(Math.max(0, end - current.now())));
  }

  const faults = new Faults(() => world, transact);

  const api = createApi(() => world, origin, transact);

  async function call(request: Request): Promise<Response> {
    const header = request.headers.get(faultHeader);
    let fault: Fault | undefined;
    try {
      fault = header === null ? faults.take(api.operationOf(request)) : readFaultHeader(header);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return refusal(400, `${faultHeader}: ${error.message}`);
    }
    const act = () => through(request, api);
    return fault === undefined ? act() : withFault(fault, request.signal, act);
  }

  const sandbox: Sandbox = {
    key: harborKey,
    webhookSecret,
    get company() {
      return world.tenants.all()[0]?.company as Sandbox['company'];
    },
    connections: Object.defineProperties(
      {},
      Object.fromEntries(
        Object.entries(connectionIds).map(([name, id]) => [
          name,
          { enumerable: true, get: () => world.connections.get(id) },
        ]),
      ),
    ) as Sandbox['connections'],
    async fetch(input, init) {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      const work = pages(request).then((page) => page ?? call(request));
      const response = await untilAborted(request.signal, work);
      response.headers.set('date', sandbox.clock.now().toUTCString());
      return response;
    },
    clock: {
      now: () => new Date(world.now()),
      advance: (by) => advance(millisecondsOf(by)),
    },
    faults,
    mails: (to) =>
      world.mails
        .all()
        .filter((mail) => to === undefined || mail.to === to)
        .map((mail) => ({ ...mail, link: recipients.mailedLink(world, mail, origin) })),
    invitations: () => world.invitations.all().map((row) => showDetail(world, row, origin)),
    allConnections: () => world.connections.all(),
    tenants: () => world.tenants.all(),
    events: () => world.events.all(),
    recipient: (link) => ({
      async open() {
        const opened = transact(() => recipients.open(world, link));
        if (opened.page === 'dead') return opened.reason;
        return opened.page === 'gate' ? 'email-needed' : 'form';
      },
      async submit({ email, ...credentials }) {
        const submitted = transact(() => {
          const ownLink =
            email !== undefined && recipients.proveAddress(world, link, email)
              ? recipients.mailedLink(world, world.mails.all().at(-1) as Mail, origin)
              : link;
          recipients.open(world, ownLink);
          return recipients.submit(world, ownLink, credentials);
        });
        await deliver();
        return submitted;
      },
    }),
    setStatus: (id, status) => change(() => setStatus(world, id, status)),
    sendAgain: (id) => change(() => sendAgain(world, id)),
    setReceiver(next) {
      receiver = next;
      transact(() => world.keepReceiver(next));
      return deliver();
    },
    receiver: () => receiver,
    deliver,
    reset() {
      begin();
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const pages = createPages(sandbox, {
    open: (link) => {
      const opened = transact(() => recipients.open(world, link));
      if (opened.page === 'dead') return opened;
      const { connectionId } = opened.row;
      return {
        page: opened.page,
        invitation: show(world, opened.row, origin),
        connection: connectionId === null ? undefined : world.connections.get(connectionId),
      };
    },
    proveAddress: (link, address) => transact(() => recipients.proveAddress(world, link, address)),
    submit: async (link, credentials) => {
      const submitted = transact(() => recipients.submit(world, link, credentials));
      await deliver();
      return submitted;
    },
  });
  return sandbox;
}
