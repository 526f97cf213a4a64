import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectRoot, toolchainRoot } from '../cli/project.ts';
import { runTool } from '../cli/run-tool.ts';
import { unescapePointer } from '../openapi/pointer.ts';
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
  /** Where the source is in its file, as a pointer with its `#`. */
  pointer: string;
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
  /** With its `#`. */
  pointer: string;
  line: number;
  value?: unknown;
}

/**
 * @param base root of the base; `revision` likewise
 * @param files paths of the two contracts within them
 * @param reportFile a file for Redocly to write to
 */
export async function askRedocly(
  base: string,
  revision: string,
  files: readonly [base: string, revision: string],
  reportFile: string,
): Promise<RedoclyChange[]> {
  process.env.REDOCLY_TELEMETRY = 'off';
  process.env.REDOCLY_SUPPRESS_UPDATE_NOTICE = 'true';
  const { passed, output } = await runTool('@redocly/cli/bin/cli.js', [
    ...['diff', join(base, files[0]), join(revision, files[1])],
    ...['--config', join(toolchainRoot, 'scripts/diff/redocly.yaml')],
    ...['--format', 'json', '--output', reportFile, '--fail-on', 'none'],
  ]);
  if (!passed) throw new Error(`Redocly could not compare the contracts: ${output.trim()}`);
  const { changes } = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  return changes.map(({ path, verdicts, base: before, revision: after, ...change }) => {
    const removed = after === undefined;
    const { file, line, pointer } = (after ?? before) as Side;
    return {
      ...change,
      pointer,
      path: path.replace(/^#\//, '').split('/').map(unescapePointer),
      messages: verdicts.map(({ message }) => message),
      before: before?.value,
      after: after?.value,
      source: { file: pathWithin(removed ? base : revision, resolve(projectRoot(), file)), line, removed },
    };
  });
}
