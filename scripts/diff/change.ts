import { relative, sep } from 'node:path';

/** What a change asks of the version. From the least to the most. */
export const bumps = ['patch', 'minor', 'major'] as const;

export type Bump = (typeof bumps)[number];

/** Whose code a change can reach: those who send a request, those who read a response or an event. */
export type Affected = 'callers' | 'readers' | 'both' | 'nobody';

/** One difference between two versions of the contract. */
export interface Change {
  bump: Bump;
  affects: Affected;
  /** `METHOD /path` or `webhook name`, of what is reached; none for the document as a whole. */
  places: string[];
  /** Where it stands written: `file:line`, and of which version if not of the one at hand. */
  sources: string[];
  /** A sentence. */
  text: string;
  /** The only engine that calls the change breaking, where the other had a say and disagrees. */
  alone?: 'Redocly' | 'oasdiff';
}

/** The bump that all changes together ask for; undefined when there is none. What affects nobody needs no version. */
export function strictest(changes: readonly Change[]): Bump | undefined {
  return bumps.findLast((bump) =>
    changes.some((change) => change.bump === bump && change.affects !== 'nobody'),
  );
}

/** A place in a file of one of the two versions. */
export interface Source {
  /** Path within the root of the version, with forward slashes. */
  file: string;
  /** Counted from 1. */
  line: number;
  /** Whether that version is the base: what stood there is gone. */
  gone: boolean;
}

export function describeSource({ file, line, gone }: Source): string {
  return `${file}:${line}${gone ? ' of the base' : ''}`;
}

export function pathWithin(root: string, file: string): string {
  return relative(root, file).replaceAll(sep, '/');
}

/** What a change needs and whom it affects. */
export interface Rating {
  bump: Bump;
  affects: Affected;
  /** A sentence. */
  text: string;
}
