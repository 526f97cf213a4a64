import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { generateHere } from '../generator/features.ts';
import { refusalOf } from '../helpers/refusal.ts';

function writeContract(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-bundle-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'schemas'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

function contractOf(...references: string[]): string {
  const paths = references.map(
    (reference, index) => `  /${index}:
    get:
      operationId: read${index}
      responses:
        '200': { description: It., content: { application/json: { schema: { $ref: '${reference}' } } } }
`,
  );
  return `openapi: 3.1.1\ninfo: { title: Of many files, version: 1.0.0 }\npaths:\n${paths.join('')}`;
}

test('components whose names become the same stay two', async () => {
  const folder = writeContract({
    'contract.yaml': contractOf('schemas/a~b.yaml', 'schemas/a_b.yaml'),
    'schemas/a~b.yaml': 'type: string\n',
    'schemas/a_b.yaml': 'type: integer\n',
  });
  const { files } = await generateHere(join(folder, 'contract.yaml'));
  const types = files.get('schema.ts') ?? '';
  expect(types).toMatch(/\ba_b: number;/);
  expect(types).toMatch(/\ba_b_: string;/);
});

test('a document on a server has 20 seconds to come', async () => {
  const folder = writeContract({ 'contract.yaml': contractOf('http://127.0.0.1:9/a.yaml') });
  const timeout = vi
    .spyOn(AbortSignal, 'timeout')
    .mockReturnValue(
      AbortSignal.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')),
    );
  onTestFinished(() => timeout.mockRestore());
  expect(await refusalOf(folder, 'contract.yaml', true)).toContain('contract.yaml has one finding');
  expect(timeout).toHaveBeenCalledWith(20_000);
});
