import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { chooseApi, targetOf } from '../../../scripts/cli/apis.ts';
import { displayPath } from '../../../scripts/cli/display-path.ts';
import { Failure } from '../../../scripts/cli/failure.ts';
import { formatFailure } from '../../../scripts/cli/format-findings.ts';
import { silentStep } from '../../../scripts/cli/steps.ts';
import { generate } from '../../../scripts/generate/generate.ts';
import type { Change, Edit } from './edits.ts';

/** The report of gen on an edit. */
export interface Report {
  /** The rules of the findings, in order. */
  rules: string[];
  text: string;
  /** The number of lines, without empty ones. */
  lines: number;
}

/** Applies the edit to a copy of the contract, and lints it with the rules of the project. */
export async function replay({ changes }: Pick<Edit, 'changes'>): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-edit-'));
  const spec = join(folder, 'spec');
  try {
    cpSync(dirname(chooseApi().spec), spec, { recursive: true });
    for (const change of changes) apply(spec, change);
    const target = { ...targetOf(chooseApi()), spec: join(spec, 'openapi.yaml') };
    await generate(target, silentStep);
    return { rules: [], text: '', lines: 0 };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const text = stripVTControlCharacters(formatFailure(error)).replaceAll(displayPath(spec), 'spec');
    return {
      rules: error.findings.map(({ rule }) => rule),
      text,
      lines: text.split('\n').filter(Boolean).length,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function apply(spec: string, change: Change): void {
  const file = join(spec, change.file);
  if ('text' in change) writeFileSync(file, change.text);
  else if ('moveTo' in change) renameSync(file, join(spec, change.moveTo));
  else replaceText(file, 'copyTo' in change ? join(spec, change.copyTo) : file, change);
}

function replaceText(
  file: string,
  result: string,
  { from = '', to = '' }: { from?: string; to?: string },
): void {
  const before = readFileSync(file, 'utf8');
  if (!before.includes(from)) throw new Error(`${file} has no "${from}".`);
  writeFileSync(
    result,
    before.replace(from, () => to),
  );
}
