/** The longest delay of `setTimeout`; it fires at once for a longer one. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** What ended some work before it was done: the caller's signal, or the option whose time was up. */
export type EndedBy = 'signal' | 'timeout' | 'totalTimeout';

/** How long a call may take, and the signal of its caller. */
export class CallTime {
  readonly #signal: AbortSignal | undefined;
  readonly #deadline: number;

  /** @param totalTimeout in milliseconds */
  constructor(totalTimeout: number, signal: AbortSignal | undefined) {
    this.#signal = signal;
    this.#deadline = performance.now() + totalTimeout;
  }

  get aborted(): boolean {
    return this.#signal?.aborted === true;
  }

  /** Why the caller aborted. */
  get reason(): unknown {
    return this.#signal?.reason;
  }

  /** Milliseconds left. */
  left(): number {
    return this.#deadline - performance.now();
  }

  /** A limit for a part of the call. @param timeout in milliseconds */
  startLimit(timeout = Number.POSITIVE_INFINITY): TimeLimit {
    return new TimeLimit(this, timeout, this.#signal);
  }

  /** Waits so many milliseconds. @returns what ended the call meanwhile */
  sleep(milliseconds: number): Promise<EndedBy | undefined> {
    return this.wait((done) => {
      const timer = setTimeout(done, milliseconds);
      return () => clearTimeout(timer);
    });
  }

  /**
   * Waits until `start` calls back.
   *
   * @param start returns what gives up waiting
   * @returns what ended the call meanwhile
   */
  wait(start: (done: () => void) => () => void): Promise<EndedBy | undefined> {
    const limit = this.startLimit();
    return new Promise((resolve) => {
      const giveUp = start(() => {
        limit.end();
        resolve(undefined);
      });
      limit.onEnd((endedBy) => {
        giveUp();
        resolve(endedBy);
      });
    });
  }
}

/** Ends some work when its time is up or when the caller's signal is aborted. */
export class TimeLimit {
  readonly #controller = new AbortController();
  readonly #call: CallTime;
  readonly #timeout: number;
  readonly #forget: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #endedBy: EndedBy | undefined;
  #onEnd: ((endedBy: EndedBy) => void) | undefined;

  constructor(call: CallTime, timeout: number, parent: AbortSignal | undefined) {
    this.#call = call;
    this.#timeout = timeout;
    if (parent) this.#forget = onAbort(parent, () => this.#abort('signal', parent.reason));
    this.restart();
  }

  /** Stops the timer, also for the time of the call. */
  pause(): void {
    clearTimeout(this.#timer);
  }

  /** Grants the whole timeout anew, as far as the time of the call allows. */
  restart(): void {
    this.pause();
    const left = this.#call.left();
    const milliseconds = Math.min(this.#timeout, left);
    const name = left <= this.#timeout ? 'totalTimeout' : 'timeout';
    if (milliseconds <= 0) this.#abort(name);
    else if (milliseconds <= LONGEST_TIMER) this.#timer = setTimeout(() => this.#abort(name), milliseconds);
  }

  /** Aborted when the work must end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get endedBy(): EndedBy | undefined {
    return this.#endedBy;
  }

  /** Settles as `work` does, but no later than the limit: not everything honours a signal by itself. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.onEnd(() => reject(this.signal.reason));
      work.then(resolve, reject);
    });
  }

  /** Calls back once, when the limit ends the work or at once when it has. The last to ask is called. */
  onEnd(callback: (endedBy: EndedBy) => void): void {
    this.#onEnd = callback;
    if (this.#endedBy) callback(this.#endedBy);
  }

  /** Releases the timer and the parent. Must be called. */
  end(): void {
    this.pause();
    this.#forget?.();
  }

  #abort(endedBy: EndedBy, reason?: unknown): void {
    if (this.#endedBy) return;
    this.end();
    this.#endedBy = endedBy;
    this.#controller.abort(reason);
    this.#onEnd?.(endedBy);
  }
}

/** The one listener of a signal, and whom it tells. */
interface Relay {
  callbacks: Set<() => void>;
  listener: () => void;
}

const relays = new WeakMap<AbortSignal, Relay>();

/**
 * Calls back when the signal is aborted, or at once when it already is. However many follow a signal, it has one
 * listener: Node 20 warns of a leak at the eleventh.
 *
 * @returns what ends that
 */
function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => {};
  }
  const { callbacks, listener } = relays.get(signal) ?? createRelay(signal);
  if (callbacks.size === 0) signal.addEventListener('abort', listener);
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size === 0) signal.removeEventListener('abort', listener);
  };
}

function createRelay(signal: AbortSignal): Relay {
  const callbacks = new Set<() => void>();
  const listener = () => {
    for (const callback of callbacks) callback();
  };
  const relay = { callbacks, listener };
  relays.set(signal, relay);
  return relay;
}
