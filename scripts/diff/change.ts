import { relative, sep } from 'node:path';

/** The parts of a version to raise, in ascending order. */
export const bumps = ['patch', 'minor', 'major'] as const;

export type Bump = (typeof bumps)[number];

/** Whose code a change can affect: callers send requests, readers read responses or events. */
export type Affected = 'callers' | 'readers' | 'both' | 'nobody';

/** One difference between two versions of the contract. */
export interface Change {
  bump: Bump;
  affects: Affected;
  /** The affected places: `METHOD /path` or `webhook name`; empty for the whole document. */
  places: string[];
  /** The place in the source: `file:line`, with the version if it is the base. */
  sources: string[];
  /** A sentence. */
  text: string;
}

/** The bump for all changes together; undefined if none affects anybody. */
export function strictest(changes: readonly Change[]): Bump | undefined {
  return bumps.findLast((bump) =>
    changes.some((change) => change.bump === bump && change.affects !== 'nobody'),
  );
}

/** A place in a file of one of the two versions. */
export interface Source {
  /** The path relative to the root of the version, with forward slashes. */
  file: string;
  /** Counted from 1. */
  line: number;
  /** Whether that version is the base, because the place was removed. */
  removed: boolean;
}

export function describeSource({ file, line, removed }: Source): string {
  return `${file}:${line}${removed ? ' of the base' : ''}`;
}

export function pathWithin(root: string, file: string): string {
  return relative(root, file).replaceAll(sep, '/');
}

/** The bump that a change needs, and whom it affects. */
export interface Rating {
  bump: Bump;
  affects: Affected;
  /** A sentence. */
  text: string;
}
