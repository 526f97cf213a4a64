import { annotation } from '../cli/annotation.ts';
import { type Bump, bumps, type Change } from './change.ts';

/** The content of a report. */
export interface Comparison {
  /** The base in the words of the caller, such as `HEAD`. */
  ref: string;
  changes: Change[];
  version: { base: string; now: string; needed: string; bump: Bump | undefined };
}

export const formats = { text: formatText, markdown: formatMarkdown, json: formatJson, github: formatGithub };

const affected = {
  callers: 'callers of the request',
  readers: 'readers of the response',
  both: 'callers and readers',
  nobody: 'nobody',
};

function formatText({ ref, changes, version }: Comparison): string {
  const entries = strictestFirst(changes).map(({ bump, affects, places, sources, text }) => {
    const where = [...places, ...sources].map((place) => `\n         ${place}`).join('');
    return `${(affects === 'nobody' ? 'none' : bump).padEnd(9)}${oneLine(text)}\n         Affects ${affected[affects]}.${where}\n`;
  });
  return [...entries, describeCount(changes, ref), describeVersion(version, ref)].join('\n');
}

function formatMarkdown({ ref, changes, version }: Comparison): string {
  const rows = strictestFirst(changes).map(({ bump, affects, places, sources, text }) => {
    const where = [...places, ...sources].map((place) => `\`${place}\``).join('<br>');
    return [`**${affects === 'nobody' ? 'none' : bump}**`, oneLine(text), affected[affects], where];
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

function formatJson({ ref, changes, version }: Comparison): string {
  return JSON.stringify({ ref, version, changes: strictestFirst(changes) }, null, 2);
}

/** One annotation of a pull request for each change, at its first place in the revision. */
function formatGithub({ changes }: Comparison): string {
  return strictestFirst(changes)
    .map(({ bump, affects, text, sources }) => {
      const place = /^(.*):(\d+)$/.exec(sources[0] ?? '');
      const level = bump === 'major' && affects !== 'nobody' ? 'warning' : 'notice';
      return annotation(
        level,
        place && { file: place[1] ?? '', line: Number(place[2]) },
        oneLine(text),
        bump,
      );
    })
    .join('\n');
}

function strictestFirst(changes: readonly Change[]): Change[] {
  return changes.toSorted((a, b) => bumps.indexOf(b.bump) - bumps.indexOf(a.bump));
}

/** A pipe would end the cell, even in code; text like a tag would be removed. */
function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/<(?!br>)/g, '&lt;');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function describeCount({ length }: Change[], ref: string): string {
  if (length === 0) return `Nothing has changed since ${ref}.`;
  return `${length === 1 ? 'One change' : `${length} changes`} since ${ref}.`;
}

function describeVersion({ base, now, needed, bump }: Comparison['version'], ref: string): string {
  const versions = `info.version: ${base} at ${ref}, ${now} now`;
  if (bump === undefined) return `${versions}.`;
  if (needed === base) return `${versions}. The change is a ${bump} one.`;
  const softened = bump === 'major' && base.startsWith('0.') ? ', which is a minor one before 1.0' : '';
  return `${versions}, at least ${needed} needed for a ${bump} change${softened}.`;
}
