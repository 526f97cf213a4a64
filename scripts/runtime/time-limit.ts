/** The longest delay of `setTimeout`; it fires at once for a longer one. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Some work's time, and the signal that ends it. */
export interface TimeLimit {
  /** Aborted when the time is up, or when the parent signal is. */
  readonly signal: AbortSignal;
  /** True when it was the time that ran out, not the parent. */
  readonly expired: boolean;
  /** Milliseconds left. */
  left(): number;
  /** Lets go of the timer and of the parent. Must be called. */
  end(): void;
}

export function startTimeLimit(milliseconds: number, parent: AbortSignal | undefined): TimeLimit {
  const controller = new AbortController();
  const deadline = performance.now() + milliseconds;
  let expired = false;
  const expire = () => {
    expired = true;
    controller.abort();
  };
  const timer = milliseconds > LONGEST_TIMER ? undefined : setTimeout(expire, milliseconds);
  const unfollow = parent && follow(parent, () => controller.abort(parent.reason));
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    left: () => deadline - performance.now(),
    end() {
      clearTimeout(timer);
      unfollow?.();
    },
  };
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
function follow(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) callback();
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

/** Settles as `work` does, but no later than `signal` is aborted: not everything honours a signal by itself. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const quit = () => reject(signal.reason);
    if (signal.aborted) quit();
    signal.addEventListener('abort', quit);
    work.then(resolve, reject);
  });
}

/** Resolves after so many milliseconds, or when the signal is aborted. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, signal.aborted ? 0 : milliseconds);
    signal.addEventListener('abort', end);
  });
}
