import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Generated } from '../../scripts/generate/from-contract.ts';
import { compile } from './compile.ts';
import { generateHere } from './features.ts';

const spec = fileURLToPath(import.meta.resolve('@octokit/openapi/generated/api.github.com.json'));
const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-github-'));
let github: Generated;

beforeAll(async () => {
  github = await generateHere(spec);
  for (const [name, text] of github.files) {
    if (name === 'openapi.yaml') continue;
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** The operationId of each operation. */
function operations(): string[] {
  const { paths } = JSON.parse(readFileSync(spec, 'utf8')) as {
    paths: Record<string, Record<string, { operationId?: string }>>;
  };
  return Object.values(paths).flatMap((item) =>
    Object.values(item).flatMap(({ operationId }) => operationId ?? []),
  );
}

test("nearly every operation of GitHub's contract has a method, the others are named with the reason", () => {
  const methods = github.files.get('client.ts')?.match(/^ {2}\w+(?=\()/gm) ?? [];
  const all = operations();
  expect(all.length).toBeGreaterThan(1200);
  expect(methods.length + github.skipped.length).toBe(all.length);
  expect(methods.length / all.length).toBeGreaterThanOrEqual(0.95);
  const reasons = new Set(github.skipped.map(({ reason }) => reason));
  expect([...reasons].sort()).toEqual([
    'it answers with a redirect alone, and redirects are not followed',
    'it has a server of its own, https://uploads.github.com',
  ]);
});

test('its methods are named after the operations, and no two want the same name', () => {
  const client = github.files.get('client.ts') ?? '';
  for (const name of ['reposGet', 'pullsListReviewComments', 'actionsGetWorkflowRun', 'metaRoot'])
    expect(client).toMatch(new RegExp(`^ {2}${name}\\(`, 'm'));
  expect(client).not.toMatch(/^ {2}\w+_\(/m);
});

test('its client and its types compile whole', { timeout: 60_000 }, () => {
  expect(compile([join(folder, 'client.ts')])).toEqual([]);
});
