import { type Api, type ApiRules, createApi, refusal } from './api.ts';
import { type ApiCall, Calls, type Redact } from './calls.ts';
import { deliverDue, nextDue, type Receiver, type Sign, sendAgain, webhookSecret } from './events.ts';
import { type Fault, Faults, faultHeader, readFaultHeader, untilAborted, withFault } from './faults.ts';
import { forLocalPages } from './local-pages.ts';
import { createPages, type ServicePages } from './pages/pages.ts';
import {
  type Duration,
  type EventRow,
  type Journal,
  millisecondsOf,
  type SentMail,
  type World,
} from './world.ts';

/** Options of the engine. */
export interface EngineOptions {
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
   * The origin of the links to its pages.
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

/** What every sandbox has, whatever service it simulates. */
export interface EngineSandbox {
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
  /** The latest requests to the API, at most 50, the oldest first. */
  requests(): readonly ApiCall[];
  /** The sent mails, the oldest first. */
  mails(to?: string): (SentMail & { link: string })[];
  /** All events with the attempts to deliver them, the oldest first. */
  events(): EventRow[];
  /** Sends an event once more, with the same id. */
  sendAgain(eventId: string): Promise<void>;
  /** Sets the receiver of the events; undefined for none. */
  setReceiver(receiver: Receiver | undefined): Promise<void>;
  receiver(): Receiver | undefined;
  /** Sends the events that are due. The functions that cause events do this as well. */
  deliver(): Promise<void>;
  /** Restores the initial state and clock, and removes the faults. Keeps the receiver. */
  reset(): void;
  /** Calls a function after each change. @returns the function that removes it */
  onChange(listener: () => void): () => void;
}

/** A service to simulate: its rules over the engine. */
export interface SimulatedService<State extends World, Sandbox extends EngineSandbox> {
  api: ApiRules<State>;
  /** Signs its events. */
  sign: Sign;
  redact: Redact;
  /** Creates a state without rows. */
  createWorld(base: () => number, random: number): State;
  /** Adds the initial rows. */
  plant(world: State): void;
  /** Adds what only this service has. */
  extend(engine: Engine<State>): Sandbox;
  pages(sandbox: Sandbox, engine: Engine<State>): ServicePages;
}

/** The running engine, for the rules of a service. */
export interface Engine<State extends World> {
  readonly origin: string;
  /** The current state, which a reset replaces. */
  world(): State;
  /** Runs a change of the state: stores it and calls the observers before it returns. */
  transact<Result>(work: () => Result): Result;
  /** Runs a change, and sends the events that it has caused. */
  change<Result>(work: () => Result): Promise<Result>;
  readonly sandbox: Omit<EngineSandbox, 'mails'>;
}

/** Creates a sandbox: deterministic, in memory, on Web APIs alone. */
export function simulate<State extends World, Sandbox extends EngineSandbox>(
  service: SimulatedService<State, Sandbox>,
  options: EngineOptions,
): Sandbox {
  const {
    random = 1,
    clock = new Date('2026-03-02T09:15:00Z'),
    origin = 'https://sandbox.invalid',
    journal,
    through = (request, api) => api.respond(request),
  } = options;
  const base = clock === 'real' ? Date.now : () => clock.getTime();
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };
  const calls = new Calls(service.redact);
  let underWay = new Set<string>();

  let world = service.createWorld(base, random);
  const stored = [...(journal?.load() ?? [])];
  world.restore(stored);
  if (stored.length === 0) begin();
  let receiver: Receiver | undefined = options.receiver ?? world.receiver ?? undefined;
  if (receiver) transact(() => world.keepReceiver(receiver));

  function begin(): void {
    const kept = world.receiver;
    world = service.createWorld(base, random);
    underWay = new Set();
    calls.clear();
    service.plant(world);
    world.keepReceiver(kept);
    world.keepChanges((changes) => journal?.save(changes, { clear: true }));
  }

  function transact<Result>(work: () => Result): Result {
    try {
      return work();
    } finally {
      const changed = world.keepChanges((changes) => journal?.save(changes, { clear: false }));
      if (changed) notify();
    }
  }

  async function deliver(): Promise<void> {
    const due = nextDue(world, underWay);
    if (receiver === undefined || due === undefined || due > world.now()) return;
    const current = world;
    await deliverDue(world, receiver, service.sign, underWay, (event) => {
      // After a reset, the event no longer exists.
      if (world === current) transact(() => world.events.put(event));
    });
  }

  async function change<Result>(work: () => Result): Promise<Result> {
    const result = transact(work);
    await deliver();
    return result;
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

  const operations = service.api.requests.map(({ operationId }) => operationId);
  const faults = new Faults(operations, () => world, transact);
  const api = createApi(service.api, () => world, origin, transact);

  async function call(request: Request): Promise<Response> {
    const header = request.headers.get(faultHeader);
    const record = calls.start(request, api, world.timestamp());
    const recorded = async (response: Response) => {
      await record(response);
      return response;
    };
    let fault: Fault | undefined;
    try {
      fault = header === null ? faults.take(api.operationOf(request)) : readFaultHeader(header, operations);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return recorded(refusal(400, `${faultHeader}: ${error.message}`));
    }
    const act = () =>
      through(request, api).then(recorded, async (error: Error) => {
        await record(error);
        throw error;
      });
    if (fault === undefined) return act();
    await record(fault);
    const response = withFault(fault, request.signal, act);
    return fault.kind === 'status' ? recorded(await response) : response;
  }
  const callFromHere = forLocalPages(call);

  const engine: Engine<State> = {
    origin,
    world: () => world,
    transact,
    change,
    sandbox: {
      webhookSecret,
      async fetch(input, init) {
        const request = new Request(input, init);
        request.signal.throwIfAborted();
        const work = pages(request).then((page) => page ?? callFromHere(request));
        const response = await untilAborted(request.signal, work);
        response.headers.set('date', sandbox.clock.now().toUTCString());
        return response;
      },
      clock: {
        now: () => new Date(world.now()),
        advance: (by) => advance(millisecondsOf(by)),
      },
      faults,
      requests: () => calls.list(),
      events: () => world.events.all(),
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
        notify();
      },
      onChange(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
  const sandbox = service.extend(engine);
  const pages = createPages(sandbox, operations, service.pages(sandbox, engine), calls);
  return sandbox;
}
