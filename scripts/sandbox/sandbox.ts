import type { Company, Connection, InvitationDetail } from '../../generated/schema.ts';
import { type Api, createApi, refusal } from './api.ts';
import { setStatus } from './connections.ts';
import { deliverDue, nextDue, type Receiver, sendAgain, webhookSecret } from './events.ts';
import { type Fault, Faults, faultHeader, readFaultHeader, withFault } from './faults.ts';
import { type Credentials, show, showDetail } from './invitations.ts';
import { createPages } from './pages/pages.ts';
import * as recipients from './recipient.ts';
import { type ConnectionName, connectionIds, harborKey, plant, type Seed } from './seed.ts';
import { type EventRow, type Journal, type Mail, randomBits, type Tenant, World } from './world.ts';

export type { Receiver } from './events.ts';
export type { Fault, FaultKind } from './faults.ts';
export type { Credentials } from './invitations.ts';
export type { Submitted } from './recipient.ts';
export type { ConnectionName, Seed } from './seed.ts';
export type { Change, EventRow, Journal, Mail, Tenant } from './world.ts';

/** How a sandbox starts. */
export interface SandboxOptions {
  /**
   * What is in it: some connections that wait for their owners, or the same in order.
   * @default 'broken-connections'
   */
  seed?: Seed;
  /**
   * Decides which ids, tokens and shares of faults are drawn.
   * @default 1
   */
  random?: number;
  /**
   * When it starts, for a clock that stands still until it is advanced; `real` for one that runs.
   * @default 2026-03-02T09:15:00Z
   */
  clock?: Date | 'real';
  /**
   * Where the invitations' pages are: links begin with it.
   * @default 'https://sandbox.invalid'
   */
  origin?: string;
  /** Where the events go; without one they are kept until there is one. */
  receiver?: Receiver | undefined;
  /** Keeps the state beyond the process. */
  journal?: Journal;
  /**
   * Stands between a call and the API, behind the faults: `npm run sandbox` puts Prism there.
   * @default hands the request to the API
   */
  through?: (request: Request, api: Api) => Promise<Response>;
}

/** How far the clock is advanced; all parts are added up. */
export interface Duration {
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
}

/** A recipient who has a link: `invitationUrl`, or the link of a mail. */
export interface RecipientActions {
  /** Opens the link, and says which page it shows, or why it is dead. */
  open(): Promise<'form' | 'email-needed' | Submitted>;
  /**
   * Fills in and submits the form. Where the invitation is for certain addresses, `email` is verified first, by the mail
   * that the sandbox sends to it. The events are delivered when this resolves.
   */
  submit(credentials: Credentials & { email?: string }): Promise<Submitted>;
}

type Submitted = recipients.Submitted;

/** A Nectar of your own: its API, its mails, its recipients, its events and its time. */
export interface Sandbox {
  /** The API key of `company`. */
  readonly key: string;
  readonly company: Company & { id: string };
  /** The connections that it started with, as they are now. */
  readonly connections: Readonly<Record<ConnectionName, Connection>>;
  /** The secret that events are signed with, for `unwrap`. */
  readonly webhookSecret: string;
  /** Handles a request as the service would, whatever the host. For `createClient({ fetch })`. */
  readonly fetch: typeof globalThis.fetch;
  readonly clock: {
    now(): Date;
    /** Resolves when the events that are due by then have been sent. */
    advance(by: Duration): Promise<void>;
  };
  readonly faults: Pick<Faults, 'add' | 'clear' | 'list'>;
  /** The outbox, the oldest mail first. */
  mails(to?: string): (Mail & { link: string })[];
  /** All invitations with their logs, the oldest first. */
  invitations(): InvitationDetail[];
  allConnections(): Connection[];
  /** The companies and the keys that may read them. */
  tenants(): Tenant[];
  /** All events with the attempts to deliver them, the oldest first. */
  events(): EventRow[];
  recipient(link: string): RecipientActions;
  /** Changes the status of a connection, as Nectar's weekly check does, and sends the events. */
  setStatus(connectionId: string, status: string): Promise<void>;
  /** Sends an event once more, with the same id. */
  sendAgain(eventId: string): Promise<void>;
  /** Sets where the events go. Undefined for nowhere. */
  setReceiver(receiver: Receiver | undefined): Promise<void>;
  receiver(): Receiver | undefined;
  /** Sends the events that are due. Every change above does so by itself. */
  deliver(): Promise<void>;
  /** Back to the start, the clock too. */
  reset(): void;
  /** Calls a function after each change. Returns what ends it. */
  onChange(listener: () => void): () => void;
}

const day = 86_400_000;

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
  let receiver = options.receiver;
  const listeners = new Set<() => void>();
  let underWay = new Set<string>();

  let world = new World(base, random);
  world.restore(journal?.load() ?? []);
  if (world.tenants.all().length === 0) begin();

  function begin(): void {
    world = new World(base, random);
    underWay = new Set();
    plant(world, seed);
    world.keepChanges((changes) => journal?.save(changes, { clear: true }));
  }

  /** Every change of the state goes through here: it is stored, and its observers are called, before a result is returned. */
  function transact<Result>(work: () => Result): Result {
    try {
      return work();
    } finally {
      const changed = world.keepChanges((changes) => journal?.save(changes, { clear: false }));
      if (changed) for (const listener of listeners) listener();
    }
  }

  async function deliver(): Promise<void> {
    const due = nextDue(world);
    if (receiver === undefined || due === undefined || due > world.now()) return;
    const current = world;
    await deliverDue(world, receiver, underWay, (event) => {
      // After a reset, nothing is known of the event.
      if (world === current) transact(() => world.events.put(event));
    });
  }

  async function change(work: () => void): Promise<void> {
    transact(work);
    await deliver();
  }

  let draws = 0;
  // Apart from the ids, so that a fault does not change which ids are drawn.
  const faults = new Faults(() => randomBits(~random, draws++) / 2 ** 32);

  const api = createApi(() => world, origin, transact);

  async function call(request: Request): Promise<Response> {
    const header = request.headers.get(faultHeader);
    let fault: Fault | undefined;
    try {
      fault = header === null ? faults.take(api.operationOf(request)) : readFaultHeader(header);
    } catch (error) {
      return refusal(400, `${faultHeader}: ${(error as Error).message}`);
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
      return (await pages(request)) ?? call(request);
    },
    clock: {
      now: () => new Date(world.now()),
      advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) =>
        change(() => world.advance(days * day + ((hours * 60 + minutes) * 60 + seconds) * 1000)),
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
      return deliver();
    },
    receiver: () => receiver,
    deliver,
    reset() {
      begin();
      faults.clear();
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
