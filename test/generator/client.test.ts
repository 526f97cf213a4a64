import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { targetFor } from '../../scripts/cli/apis.ts';
import { silentStep } from '../../scripts/cli/steps.ts';
import { generate } from '../../scripts/generate/generate.ts';
import { type Mock, startMock } from '../../scripts/mock/start.ts';
import { replaceFolder } from '../../scripts/output/replace-folder.ts';
import { compile } from './compile.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const spec = join(import.meta.dirname, 'contracts/methods.yaml');
const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-client-'));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
const out = join(folder, 'client');
let mock: Mock;

// biome-ignore lint/suspicious/noExplicitAny: the types of this client are tested by compiling it.
let parcels: any;

beforeAll(async () => {
  replaceFolder(out, (await generate(targetFor(spec, out), silentStep)).files);
  mock = await startMock({ port: 0, document: join(out, 'openapi.yaml') });
  const { createClient } = await import(pathToFileURL(join(out, 'client.ts')).href);
  parcels = createClient({ apiKey: 'parcel-key', baseUrl: mock.url });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await mock?.close();
});

test('the client of a small contract equals that in golden/', async () => {
  await expect(readFileSync(join(out, 'client.ts'), 'utf8')).toMatchFileSnapshot(
    'golden/methods.client.ts.txt',
  );
});

test('it compiles under strict', () => {
  expect(compile([join(out, 'client.ts')])).toEqual([]);
});

test('operations without a method are listed with the reason', async () => {
  const { skipped } = await generate(targetFor(spec, out), silentStep);
  expect(skipped).toEqual([
    { method: 'DELETE', path: '/labels', reason: 'it requires the security Challenge' },
  ]);
});

test('its methods call the operations that they are named after', async () => {
  const parcel = { id: 'a' };
  const id = '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36';
  expect(await parcels.listParcels_({ depot: 'north', tags: ['x', 'y'] })).toEqual({
    parcels: [parcel],
    more: false,
  });
  expect(await parcels.createParcel(parcel, { depot: 'north' })).toEqual(parcel);
  expect(await parcels.__proto___(id, 7, 'a/b', { note: 'n' })).toBeUndefined();
  expect(await parcels.getItS()).toEqual(['a']);
  expect(await parcels.listParcels()).toBe(1);
  for await (const line of parcels.listLines('cover')) expect(line).toBe('first');
  expect.assertions(6);
});
