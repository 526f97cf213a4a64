import type { PendingFault, World } from './world.ts';

/** A fault in a call of the API. */
export type FaultKind =
  /** A response with this status, before the call is handled. */
  | { kind: 'status'; status: number; retryAfter?: number }
  /** The call is handled after so many milliseconds, also if its caller has left by then. */
  | { kind: 'delay'; ms: number }
  /** The connection breaks before the call is handled. */
  | { kind: 'drop' }
  /** The call is handled, and the connection breaks before the response. */
  | { kind: 'lose' }
  /** The call is handled, and the connection breaks in the middle of the response. */
  | { kind: 'truncate' }
  /** The call is handled, and the body of the response takes so many milliseconds. */
  | { kind: 'slow'; ms: number };

/** A fault, and the calls that it affects. */
export type Fault = FaultKind & {
  /** The operationId of the calls. @default every operation */
  operation?: string;
  /** The share of the calls, from 0 to 1, at random from the sandbox's seed. @default 1 */
  share?: number;
  /** The number of calls. @default 1, or no limit with a share */
  times?: number;
};

/** The request header for a fault in one call: `lose`, `delay=2000`, `status=429; retry-after=2`. */
export const faultHeader = 'x-sandbox-fault';

/** What each kind has in addition to `kind`, `operation`, `share` and `times`. */
const fieldsOf: Record<FaultKind['kind'], readonly string[]> = {
  status: ['status', 'retryAfter'],
  delay: ['ms'],
  drop: [],
  lose: [],
  truncate: [],
  slow: ['ms'],
};
const kinds = Object.keys(fieldsOf);

/**
 * @param operations the operationIds of the contract
 * @throws {RangeError} that says what is invalid
 */
function checkFault(fault: Fault, operations: readonly string[]): Fault {
  const { kind, operation, share = 1, times = 1 } = fault;
  if (!kinds.includes(kind))
    throw new RangeError(`There is no fault "${kind}". Take one of ${kinds.join(', ')}.`);
  const fields = ['kind', 'operation', 'share', 'times', ...fieldsOf[kind]];
  const unread = Object.keys(fault).find((name) => !fields.includes(name));
  const isNumber = (value: unknown, least: number, most = Number.POSITIVE_INFINITY) =>
    typeof value === 'number' && value >= least && value <= most;
  const wrong =
    (unread !== undefined && `"${kind}" has no "${unread}". It has ${fields.join(', ')}.`) ||
    (operation !== undefined &&
      !operations.includes(operation) &&
      `There is no operation "${operation}". Take one of ${operations.join(', ')}.`) ||
    (fault.kind === 'status' &&
      !(isNumber(fault.status, 200, 599) && Number.isInteger(fault.status)) &&
      'status is a whole number from 200 to 599.') ||
    (fault.kind === 'status' &&
      fault.retryAfter !== undefined &&
      !isNumber(fault.retryAfter, 0) &&
      'retryAfter is a number of seconds.') ||
    ((fault.kind === 'delay' || fault.kind === 'slow') &&
      !isNumber(fault.ms, 0, 600_000) &&
      'ms is a number of milliseconds, at most 600000.') ||
    (!isNumber(share, 0, 1) && 'share is a number from 0 to 1.') ||
    (!isNumber(times, 1) && 'times is a number of calls, 1 or more.');
  if (wrong) throw new RangeError(wrong);
  return fault;
}

/**
 * @param operations the operationIds of the contract
 * @throws {RangeError} that says what is invalid
 */
export function readFaultHeader(header: string, operations: readonly string[]): Fault {
  const [first = '', ...rest] = header.split(/[;,]/).map((part) => part.trim());
  const [kind = '', value] = first.split('=');
  const fault: Record<string, unknown> = { kind };
  if (value !== undefined) fault[kind === 'status' ? 'status' : 'ms'] = readNumber(value);
  for (const part of rest) {
    const [name = '', seconds = ''] = part.split('=');
    fault[name.toLowerCase() === 'retry-after' ? 'retryAfter' : name] = readNumber(seconds);
  }
  return checkFault(fault as Fault, operations);
}

/** Not a number, if it is none. */
function readNumber(text: string): number {
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

/** The pending faults of a sandbox. They are part of its state. */
export class Faults {
  readonly #operations: readonly string[];
  readonly #world: () => World;
  readonly #transact: (work: () => void) => void;

  /**
   * @param operations the operationIds of the contract
   * @param transact stores the changes of a function
   */
  constructor(operations: readonly string[], world: () => World, transact: (work: () => void) => void) {
    this.#operations = operations;
    this.#world = world;
    this.#transact = transact;
  }

  /** @throws {RangeError} that says what is wrong with it */
  add(fault: Fault): void {
    const { times = fault.share === undefined ? 1 : null } = checkFault(fault, this.#operations);
    this.#set([...this.#world().faults, { fault, left: times }]);
  }

  clear(): void {
    this.#set([]);
  }

  list(): Fault[] {
    return this.#world().faults.map(({ fault }) => fault);
  }

  /** Takes the fault for a call: the first that applies. */
  take(operation: string | undefined): Fault | undefined {
    const world = this.#world();
    const applies = ({ fault }: PendingFault) =>
      (fault.operation === undefined || fault.operation === operation) &&
      (fault.share === undefined || world.drawForFault() < fault.share);
    const found = world.faults.find(applies);
    if (found === undefined) return undefined;
    const less = ({ fault, left }: PendingFault) => ({ fault, left: left === null ? null : left - 1 });
    const faults = world.faults.map((each) => (each === found ? less(each) : each));
    this.#set(faults.filter(({ left }) => left === null || left > 0));
    return found.fault;
  }

  #set(faults: readonly PendingFault[]): void {
    this.#transact(() => {
      this.#world().faults = faults;
    });
  }
}

/** The error of `fetch` for a connection that a fault breaks. */
export class BrokenConnection extends TypeError {
  constructor() {
    const message = 'The sandbox broke the connection.';
    super(message, { cause: Object.assign(new Error(message), { code: 'ECONNRESET' }) });
  }
}

/**
 * Handles a call with a fault.
 *
 * @param act handles it without one
 * @throws {BrokenConnection}
 */
export async function withFault(
  fault: Fault,
  signal: AbortSignal,
  act: () => Promise<Response>,
): Promise<Response> {
  switch (fault.kind) {
    case 'status': {
      const { status, retryAfter } = fault;
      if (status === 204 || status === 205 || status === 304) return new Response(null, { status });
      const detail =
        status === 429
          ? `Request was throttled. Expected available in ${retryAfter ?? 1} seconds.`
          : `The sandbox was asked to respond with ${status}.`;
      // The Retry-After of a 429 is inferred in the contract.
      const after = retryAfter ?? (status === 429 ? 1 : undefined);
      return Response.json(
        { detail },
        { status, ...(after !== undefined && { headers: { 'retry-after': String(after) } }) },
      );
    }
    case 'delay':
      await sleep(fault.ms, signal);
      return act();
    case 'drop':
      throw new BrokenConnection();
    case 'lose':
      await act();
      throw new BrokenConnection();
    case 'truncate':
      return inPieces(await act(), async (pieces, controller) => {
        controller.enqueue(pieces.subarray(0, Math.ceil(pieces.length / 2)));
        // Wait until the first half has arrived.
        await sleep(10, signal);
        controller.error(new BrokenConnection());
      });
    case 'slow':
      return inPieces(await act(), async (bytes, controller) => {
        const steps = 10;
        for (let step = 0; step < steps; step++) {
          await sleep(fault.ms / steps, signal);
          const [from, to] = [step, step + 1].map((each) => Math.round((bytes.length * each) / steps));
          controller.enqueue(bytes.subarray(from, to));
        }
        controller.close();
      });
  }
}

/** The same response with a body written by `write`, and the original length. */
async function inPieces(
  response: Response,
  write: (bytes: Uint8Array, controller: ReadableStreamDefaultController<Uint8Array>) => Promise<void>,
): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set('content-length', String(bytes.length));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // The caller has disconnected.
      write(bytes, controller).catch((error) => controller.error(error));
    },
  });
  return new Response(body, { status: response.status, headers });
}

/** Rejects when a caller leaves. The work goes on: a service does not notice that. */
export function untilAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

/** Waits, also for a caller that has left: the process may end then, if it has nothing else to do. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer: unknown = setTimeout(resolve, ms);
    const release = () => (timer as { unref?(): void }).unref?.();
    if (signal.aborted) release();
    else signal.addEventListener('abort', release, { once: true });
  });
}
