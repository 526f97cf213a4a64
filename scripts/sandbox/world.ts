import type { Fault } from './faults.ts';

/** A sent mail. */
export interface SentMail {
  id: string;
  to: string;
  at: string;
  subject: string;
}

/** An event and the attempts to deliver it. */
export interface EventRow {
  id: string;
  at: string;
  type: string;
  payload: object;
  attempts: { at: string; result: string; delivered: boolean }[];
  /** The time of the next attempt, in milliseconds on the sandbox's clock. Null if it is delivered or given up. */
  dueAt: number | null;
}

/** A change to store: the current row of a table. */
export interface Change {
  table: string;
  id: string;
  row: object;
}

/** The storage of a sandbox's state beyond the process. */
export interface Journal {
  /** In the order in which the rows were first saved; empty for a new sandbox. */
  load(): Iterable<Change>;
  /** Stores all of the changes or none, and returns when they are durable. */
  save(changes: readonly Change[], options: { clear: boolean }): void;
}

/**
 * Rows by id, in the order of their creation. A row is replaced and never changed in place, so that each change is
 * recorded.
 */
export class Table<Row extends { id: string }> {
  readonly #rows = new Map<string, Row>();
  readonly #groups = new Map<string, string[]>();
  readonly #groupOf: ((row: Row) => string) | undefined;
  readonly #onChange: (row: Row) => void;

  constructor(onChange: (row: Row) => void, groupOf?: (row: Row) => string) {
    this.#onChange = onChange;
    this.#groupOf = groupOf;
  }

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  all(): Row[] {
    return [...this.#rows.values()];
  }

  /** Ids of the rows of one group. No row changes its group. */
  idsOf(group: string): readonly string[] {
    return this.#groups.get(group) ?? [];
  }

  put(row: Row): Row {
    if (this.#groupOf && !this.#rows.has(row.id)) {
      const group = this.#groupOf(row);
      const ids = this.#groups.get(group);
      if (ids) ids.push(row.id);
      else this.#groups.set(group, [row.id]);
    }
    this.#rows.set(row.id, row);
    this.#onChange(row);
    return row;
  }
}

/** A duration; all parts are added. */
export interface Duration {
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
}

/** The milliseconds of a duration. */
export function millisecondsOf({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Duration): number {
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

/** The last time that the clock can have. */
export const lastTime = Date.UTC(9999, 11, 31);

/** A pending fault, and the number of calls that are left for it; null without a limit. */
export interface PendingFault {
  fault: Fault;
  left: number | null;
}

interface Meta {
  id: 'meta';
  /** Milliseconds between the base clock and the sandbox's clock. */
  offset: number;
  /** The number of random numbers that were drawn. */
  drawn: number;
  /** The number of random numbers that were drawn for faults, so that a fault does not change the ids. */
  faultsDrawn: number;
  faults: readonly PendingFault[];
  receiver: StoredReceiver | null;
}

/** The receiver of the events. */
export interface StoredReceiver {
  url: string;
  secret?: string;
}

/** The state that every sandbox has: its events, its clock, and its source of ids. A service adds its own tables. */
export class World {
  readonly #tables = new Map<string, { put(row: never): void }>();
  readonly #changes = new Map<string, Change>();
  readonly events = this.table<EventRow>('events');
  #meta: Meta = { id: 'meta', offset: 0, drawn: 0, faultsDrawn: 0, faults: [], receiver: null };
  readonly #base: () => number;
  readonly #random: number;

  /**
   * @param base the base clock, in milliseconds
   * @param random the seed of the ids and tokens
   */
  constructor(base: () => number, random: number) {
    this.#base = base;
    this.#random = random;
  }

  /** Adds a table, whose rows are stored in the journal under its name. */
  protected table<Row extends { id: string }>(name: string, groupOf?: (row: Row) => string): Table<Row> {
    const table = new Table<Row>(
      (row) => this.#changes.set(`${name} ${row.id}`, { table: name, id: row.id, row }),
      groupOf,
    );
    this.#tables.set(name, table);
    return table;
  }

  /** Restores the state from a journal. */
  restore(changes: Iterable<Change>): void {
    for (const { table, row } of changes) {
      if (table === 'meta') this.#meta = { ...this.#meta, ...row };
      else this.#tables.get(table)?.put(row as never);
    }
    this.#changes.clear();
  }

  /**
   * Stores the changes since the last call. They count as stored only when `keep` returns, so that nothing is lost
   * while a disk is full.
   *
   * @returns whether there were any changes
   */
  keepChanges(keep: (changes: readonly Change[]) => void): boolean {
    if (this.#changes.size === 0) return false;
    keep([...this.#changes.values()]);
    this.#changes.clear();
    return true;
  }

  now(): number {
    return this.#base() + this.#meta.offset;
  }

  /** The current time in the format of the API. */
  timestamp(): string {
    return new Date(this.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  }

  /** @throws {RangeError} as times after the year 9999 cannot be written in the format of the API */
  checkAdvance(milliseconds: number): void {
    if (!(milliseconds >= 0))
      throw new RangeError('The clock only moves forward, by a number of days and so on.');
    if (this.now() + milliseconds > lastTime)
      throw new RangeError('The clock of the sandbox ends with the year 9999.');
  }

  advance(milliseconds: number): void {
    this.#setMeta({ offset: this.#meta.offset + milliseconds });
  }

  #draw(): number {
    this.#setMeta({ drawn: this.#meta.drawn + 1 });
    return randomBits(this.#random, this.#meta.drawn);
  }

  get faults(): readonly PendingFault[] {
    return this.#meta.faults;
  }

  set faults(faults: readonly PendingFault[]) {
    this.#setMeta({ faults });
  }

  get receiver(): StoredReceiver | null {
    return this.#meta.receiver;
  }

  /** Stores a receiver, unless it is a function. */
  keepReceiver(given: (StoredReceiver & { fetch?: unknown }) | null | undefined): void {
    const { url, secret, fetch } = given ?? {};
    const receiver = url === undefined || fetch ? null : { url, ...(secret !== undefined && { secret }) };
    this.#setMeta({ receiver });
  }

  /** A random number from 0 to 1, for faults. */
  drawForFault(): number {
    this.#setMeta({ faultsDrawn: this.#meta.faultsDrawn + 1 });
    return randomBits(~this.#random, this.#meta.faultsDrawn - 1) / 2 ** 32;
  }

  uuid(): string {
    const hex = Array.from({ length: 4 }, () => this.#draw().toString(16).padStart(8, '0')).join('');
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
  }

  /** @param prefix the start of the token */
  token(prefix = ''): string {
    const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
    return prefix + Array.from({ length: 24 }, () => letters[this.#draw() % letters.length]).join('');
  }

  #setMeta(change: Partial<Meta>): void {
    this.#meta = { ...this.#meta, ...change };
    this.#changes.set('meta', { table: 'meta', id: 'meta', row: this.#meta });
  }
}

/**
 * 32 bits, different for each index of a seed, as each step of the mixing is invertible (the finalizer of MurmurHash3).
 */
function randomBits(seed: number, index: number): number {
  let bits = (Math.imul(seed, 0x27d4eb2f) ^ Math.imul(index, 0x9e3779b9)) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
