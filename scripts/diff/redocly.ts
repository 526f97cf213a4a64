import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectRoot, toolchainRoot } from '../cli/project.ts';
import { runTool } from '../cli/run-tool.ts';
import { type Bump, pathWithin, type Source } from './change.ts';

/** One change, in the JSON form of Redocly's `diff`. */
export interface RedoclyChange {
  /** Keys from the root of the document, with every `$ref` resolved. */
  path: string[];
  /** The kind of node, such as `Schema`. */
  typeName: string;
  kind: 'added' | 'removed' | 'modified';
  /** The changed key of a modified node. */
  property?: string;
  /** `minor` for each added node, `patch` for everything without a rule. */
  impact: Bump;
  /** The messages of its rules. */
  messages: string[];
  before?: unknown;
  after?: unknown;
  source: Source;
}

interface Report {
  changes: {
    path: string;
    typeName: string;
    kind: RedoclyChange['kind'];
    property?: string;
    impact: Bump;
    verdicts: { message: string }[];
    base?: Side;
    revision?: Side;
  }[];
}

interface Side {
  /** Relative to the root of this project. */
  file: string;
  line: number;
  value?: unknown;
}

/**
 * @param base root of the base; `revision` likewise
 * @param spec path of the contract within both
 * @param reportFile a file for Redocly to write to
 */
export async function askRedocly(
  base: string,
  revision: string,
  spec: string,
  reportFile: string,
): Promise<RedoclyChange[]> {
  process.env.REDOCLY_TELEMETRY = 'off';
  process.env.REDOCLY_SUPPRESS_UPDATE_NOTICE = 'true';
  const { passed, output } = await runTool('@redocly/cli/bin/cli.js', [
    ...['diff', join(base, spec), join(revision, spec)],
    ...['--config', join(toolchainRoot, 'scripts/diff/redocly.yaml')],
    ...['--format', 'json', '--output', reportFile, '--fail-on', 'none'],
  ]);
  if (!passed) throw new Error(`Redocly could not compare the contracts: ${output.trim()}`);
  const { changes } = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  return changes.map(({ path, verdicts, base: before, revision: after, ...change }) => {
    const removed = after === undefined;
    const { file, line } = (after ?? before) as Side;
    return {
      ...change,
      path: path.replace(/^#\//, '').split('/').map(unescapePointer),
      messages: verdicts.map(({ message }) => message),
      before: before?.value,
      after: after?.value,
      source: { file: pathWithin(removed ? base : revision, resolve(projectRoot(), file)), line, removed },
    };
  });
}

function unescapePointer(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
