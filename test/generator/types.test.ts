import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, onTestFinished, test } from 'vitest';
import { silentStep } from '../../scripts/cli/steps.ts';
import { generate } from '../../scripts/generate/generate.ts';
import { targetFor } from '../../scripts/generate/target.ts';

/** What the compiler, at its strictest, has to say about a consumer of the types that gen makes of a contract. */
async function compile(contract: string, consumer: string): Promise<string[]> {
  const spec = join(import.meta.dirname, 'contracts', `${contract}.yaml`);
  const { files } = await generate(targetFor(spec, 'unused'), silentStep);
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-types-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'schema.ts'), files.get('schema.ts') ?? '');
  writeFileSync(join(folder, 'consumer.ts'), consumer);
  const program = ts.createProgram([join(folder, 'consumer.ts')], {
    module: ts.ModuleKind.Preserve,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    allowImportingTsExtensions: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    strict: true,
    types: [],
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

test('a value that is not documented passes an open enum, and only an open one', async () => {
  const consumer = `
    import type { Parcel, Status } from './schema.ts';
    export const unheard: Status = 'STOLEN';
    export const parcel: Parcel = { status: 'SENT', history: ['ON_THE_WAY'], previous: null, closed: 'YES' };
    // @ts-expect-error: its values are a closed list.
    export const wrong: Parcel['closed'] = 'PERHAPS';
    // @ts-expect-error: open to other strings, but not to numbers.
    export const number: Status = 1;
    // The documented values are still there to be completed by an editor: string alone would have swallowed them.
    type Known<Each> = Each extends unknown ? (string extends Each ? never : Each) : never;
    export const known: Known<Status>[] = ['SENT', 'LOST'];
  `;
  expect(await compile('open-enum', consumer)).toEqual([]);
});

test('a schema can be imported by a name that TypeScript accepts', async () => {
  const consumer = `
    import type { Parcel, ParcelLabel, ParcelLabel_, _3dModel, class_, paths_, string_ } from './schema.ts';
    export const names: [Parcel, ParcelLabel, ParcelLabel_, _3dModel, class_, paths_, string_] = ['', 1, '', '', '', '', ''];
  `;
  expect(await compile('names', consumer)).toEqual([]);
});

test('a field with a default may be left out', async () => {
  const consumer = `
    import type { Parcel } from './schema.ts';
    export const parcel: Parcel = { weight: 2 };
  `;
  expect(await compile('defaults', consumer)).toEqual([]);
});
