/** The longest delay of `setTimeout`, which fires immediately for a longer one. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** What ended some work early: the caller's signal, or the time limit that ran out. */
export type EndedBy = 'signal' | 'timeout' | 'totalTimeout';

/** The deadline of a call, and the signal of its caller. */
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

  /** The reason for which the caller aborted. */
  get reason(): unknown {
    return this.#signal?.reason;
  }

  /** The milliseconds left. */
  left(): number {
    return this.#deadline - performance.now();
  }

  /** Starts a limit for a part of the call. @param timeout in milliseconds */
  startLimit(timeout: number = Number.POSITIVE_INFINITY): TimeLimit {
    return new TimeLimit(this, timeout, this.#signal);
  }

  /** Waits. @returns what ended the call before that */
  sleep(milliseconds: number): Promise<EndedBy | undefined> {
    return this.wait((done) => {
      const timer = setTimeout(done, milliseconds);
      return () => clearTimeout(timer);
    });
  }

  /**
   * Waits until `start` calls back.
   *
   * @param start returns the function that stops waiting
   * @returns what ended the call before that
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

  /** Starts the whole timeout again, but not beyond the deadline of the call. */
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

  /** Settles like `work`, but not later than the limit: not all work respects a signal. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.onEnd(() => reject(this.signal.reason));
      work.then(resolve, reject);
    });
  }

  /**
   * Calls back once, when the limit ends the work, or immediately if it already has. A later callback replaces an
   * earlier one.
   */
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

/** The one listener on a signal, and the callbacks that it calls. */
interface Relay {
  callbacks: Set<() => void>;
  listener: () => void;
}

const relays = new WeakMap<AbortSignal, Relay>();

/**
 * Calls back when the signal is aborted, or immediately if it already is. All callbacks share one listener on the
 * signal, as Node 20 warns of a leak at the eleventh.
 *
 * @returns the function that removes the callback
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
