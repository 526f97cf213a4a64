import type { CallTime, EndedBy } from './time-limit.ts';

/** Milliseconds over which the calls that waited for the same pause are spread. */
const SPREAD = 500;

/** The retry budget of a transport. */
const RETRIES = 100;

/** Retries that a call which succeeds at the first attempt adds to the budget. */
const REFILL = 0.25;

/**
 * What all calls of a transport share: a limit of concurrent requests, a pause that the service asked for, a retry
 * budget.
 */
export class Pacing {
  readonly #width: number;
  readonly #line = new Set<() => void>();
  #inside = 0;
  #pausedUntil = 0;
  #retries = RETRIES;

  constructor(width: number) {
    this.#width = width;
  }

  /**
   * Waits for a free slot, then for the end of a pause. It keeps the slot during the pause, when no other call could
   * use it.
   *
   * @returns what ended the call while it waited. If undefined, call `leave` once.
   */
  async enter(time: CallTime): Promise<EndedBy | undefined> {
    if (time.aborted) return 'signal';
    // A limit of 1.5 allows one request.
    const room = this.#inside + 1 <= this.#width;
    if (room) this.#inside++;
    let ended = room ? undefined : await time.wait((admit) => this.#queue(admit));
    if (ended) return ended;
    for (let left = this.#left(); left > 0 && !ended; left = this.#left())
      ended = await time.sleep(left + Math.random() * SPREAD);
    if (ended) this.leave();
    return ended;
  }

  leave(): void {
    const [admit] = this.#line;
    if (!admit) this.#inside--;
    else {
      this.#line.delete(admit);
      admit();
    }
  }

  /** Delays each request that is not sent yet. */
  pause(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + milliseconds);
  }

  /**
   * Takes a retry from the budget, if one is left. In an outage, the budget runs out and calls end after their first
   * attempt, so that clients do not triple the load.
   */
  takeRetry(): boolean {
    if (this.#retries < 1) return false;
    this.#retries--;
    return true;
  }

  /** Returns the retries of a successful call to the budget. */
  succeed(retries: number): void {
    this.#retries = Math.min(RETRIES, this.#retries + (retries || REFILL));
  }

  #left(): number {
    return this.#pausedUntil - performance.now();
  }

  #queue(admit: () => void): () => void {
    this.#line.add(admit);
    return () => this.#line.delete(admit);
  }
}
