import { type Bump, bumps, type Change } from './change.ts';

/** The content of a report. */
export interface Comparison {
  /** The base in the words of the caller, such as `HEAD`. */
  ref: string;
  changes: Change[];
  version: { base: string; now: string; needed: string; bump: Bump | undefined };
}

export const formats = { text: formatText, markdown: formatMarkdown };

const affected = {
  callers: 'callers of the request',
  readers: 'readers of the response',
  both: 'callers and readers',
  nobody: 'nobody',
};

function formatText({ ref, changes, version }: Comparison): string {
  const entries = strictestFirst(changes).map(({ bump, affects, places, sources, ...change }) => {
    const where = [...places, ...sources].map((place) => `\n         ${place}`).join('');
    return `${(affects === 'nobody' ? 'none' : bump).padEnd(9)}${sentences(change)}\n         Affects ${affected[affects]}.${where}\n`;
  });
  return [...entries, describeCount(changes, ref), describeVersion(version, ref)].join('\n');
}

function formatMarkdown({ ref, changes, version }: Comparison): string {
  const rows = strictestFirst(changes).map(({ bump, affects, places, sources, ...change }) => {
    const where = [...places, ...sources].map((place) => `\`${place}\``).join('<br>');
    return [`**${affects === 'nobody' ? 'none' : bump}**`, sentences(change), affected[affects], where];
  });
  const table = [['bump', 'change', 'affects', 'where'], ['---', '---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`)
    .join('\n');
  return [
    '## Changes of the contract',
    ...(rows.length > 0 ? [table] : []),
    `${describeCount(changes, ref)} ${describeVersion(version, ref)}`,
  ].join('\n\n');
}

function strictestFirst(changes: readonly Change[]): Change[] {
  return changes.toSorted((a, b) => bumps.indexOf(b.bump) - bumps.indexOf(a.bump));
}

/** A pipe would end the cell, even in code; text like a tag would be removed. */
function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/<(?!br>)/g, '&lt;');
}

function sentences({ text, alone }: Pick<Change, 'text' | 'alone'>): string {
  const line = text.replace(/\s+/g, ' ');
  if (alone === undefined) return line;
  return `${line} Only ${alone} calls this breaking, ${alone === 'oasdiff' ? 'Redocly' : 'oasdiff'} does not.`;
}

function describeCount({ length }: Change[], ref: string): string {
  if (length === 0) return `Nothing has changed since ${ref}.`;
  return `${length === 1 ? 'One change' : `${length} changes`} since ${ref}.`;
}

function describeVersion({ base, now, needed, bump }: Comparison['version'], ref: string): string {
  const versions = `info.version: ${base} at ${ref}, ${now} now`;
  if (bump === undefined) return `${versions}.`;
  const softened = bump === 'major' && base.startsWith('0.') ? ', which is a minor one before 1.0' : '';
  return `${versions}, at least ${needed} needed for a ${bump} change${softened}.`;
}
