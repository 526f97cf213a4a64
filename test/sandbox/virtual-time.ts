import { setImmediate as nextTurn } from 'node:timers/promises';

/** A clock that moves to the next timer when everything waits. */
export class VirtualTime {
  #now = 0;
  #timers: { at: number; work: () => void }[] = [];

  readonly now = (): number => this.#now;

  /** In place of the global function. */
  readonly setTimeout = (work: () => void, ms = 0): object => {
    const timer = { at: this.#now + ms, work };
    this.#timers.push(timer);
    return timer;
  };

  readonly clearTimeout = (timer: unknown): void => {
    this.#timers = this.#timers.filter((each) => each !== timer);
  };

  readonly sleep = (ms: number): Promise<void> => new Promise((resolve) => this.setTimeout(resolve, ms));

  /** Moves the clock until a promise is settled, and then until no timer is left. */
  async run(until: Promise<unknown>): Promise<void> {
    let settled = false;
    const end = () => {
      settled = true;
    };
    until.then(end, end);
    for (;;) {
      // Responses are read in a few turns of the event loop.
      for (let turn = 0; turn < 4; turn++) await nextTurn();
      const [next] = this.#timers.sort((one, other) => one.at - other.at);
      if (next === undefined) {
        if (settled) return;
        continue;
      }
      this.#timers.shift();
      this.#now = next.at;
      next.work();
    }
  }
}
