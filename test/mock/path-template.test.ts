import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createHandler } from '../../scripts/mock/handler.ts';
import { readTemplate } from '../../scripts/mock/path-template.ts';
import { loadPrism } from '../../scripts/mock/prism.ts';

test('a path is compared with a template as by the plain expression, which takes minutes for some', () => {
  const plain = (template: string) =>
    new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
  const template = fc.array(fc.constantFrom('{a}', '{b}', '-', '.', '--', '/', 'x'), { maxLength: 6 });
  const path = fc.array(fc.constantFrom('-', '.', 'x', '/', 'a'), { maxLength: 8 });
  fc.assert(
    fc.property(template, path, (parts, characters) => {
      const [whole, asked] = [`/${parts.join('')}`, `/${characters.join('')}`];
      expect(readTemplate(whole).matches(asked)).toBe(plain(whole).test(asked));
    }),
    { numRuns: 2000 },
  );
});

test('a long path does not stop the mock where several parameters share a segment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-mock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const parameters = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const content = { 'application/json': { schema: { type: 'object' }, example: {} } };
  const get = { parameters, responses: { 200: { description: 'Done.', content } } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Maps', version: '1' },
    paths: { '/map/{a}-{b}-{c}-{d}-{e}-{f}.png': { get } },
  };
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document));
  const mock = createHandler(await loadPrism(join(folder, 'openapi.json')), () => {});
  const status = async (path: string, method = 'GET') =>
    (await mock(new Request(`http://127.0.0.1${path}`, { method }))).status;
  expect(await status(`/map/${'-'.repeat(8_000)}`)).toBe(404);
  expect(await status(`/map/${'x'.repeat(8_000)}`)).toBe(404);
  expect(await status('/map/1-2-3-4-5-%C3%A9.png')).toBe(200);
  expect(await status('/map/1-2-3-4-5-6.png', 'POST')).toBe(405);
});
