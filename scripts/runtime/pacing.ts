import type { CallTime, EndedBy } from './time-limit.ts';

/** Milliseconds over which calls spread that waited for the same pause. */
const SPREAD = 500;

/** Retries that a transport has in store. */
const RETRIES = 100;

/** What a call that succeeds at once adds to the store, in retries. */
const REFILL = 0.25;

/** What all calls of a transport share: room for requests, a pause that the service asked for, a store of retries. */
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
   * Waits for room, then for the end of a pause. The room is kept meanwhile: nobody else could use it.
   *
   * @returns what ended the call meanwhile. After undefined, `leave` must be called once.
   */
  async enter(time: CallTime): Promise<EndedBy | undefined> {
    if (time.aborted) return 'signal';
    // A width of 1.5 lets one in.
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
   * Takes a retry from the store, if there is one. When a service fails for good, the store runs out, and calls end
   * with their first attempt: an outage is not made worse by clients that send everything three times.
   */
  takeRetry(): boolean {
    if (this.#retries < 1) return false;
    this.#retries--;
    return true;
  }

  /** Puts back what a successful call took. */
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
