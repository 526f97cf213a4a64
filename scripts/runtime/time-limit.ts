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
  const follow = () => controller.abort(parent?.reason);
  const expire = () => {
    expired = true;
    controller.abort();
  };
  const timer = milliseconds > LONGEST_TIMER ? undefined : setTimeout(expire, milliseconds);
  if (parent?.aborted) follow();
  else parent?.addEventListener('abort', follow);
  return {
    signal: controller.signal,
    get expired() {
      return expired;
    },
    left: () => deadline - performance.now(),
    end() {
      clearTimeout(timer);
      parent?.removeEventListener('abort', follow);
    },
  };
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

/** @throws the signal's reason when it is aborted first; no timer is left then. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    // An abort that is past raises no event.
    signal.throwIfAborted();
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
