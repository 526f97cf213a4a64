import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseYaml } from '@redocly/openapi-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { targetFor } from '../../scripts/cli/apis.ts';
import { silentStep } from '../../scripts/cli/steps.ts';
import { generate } from '../../scripts/generate/generate.ts';
import { replaceFolder } from '../../scripts/output/replace-folder.ts';
import { compile } from '../generator/compile.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Sets a global where it is run as code, whichever way out of a text it takes. */
const run = 'globalThis.hostile=1';
const texts = [
  `*/ ${run} /*`,
  `\`; ${run}; \``,
  `\${${run}}`,
  `'; ${run}; '`,
  `"; ${run}; "`,
  `\n${run}\n`,
  `\u2028${run}\u2029`,
  `\\'; ${run} //`,
  `]; ${run}; [`,
  `<!-- ${run} -->`,
];
const all = texts.join(' ');
const names = ['__proto__', 'constructor', 'toString', 'then', 'hasOwnProperty', 'class', '1', 'a b'];

/** Own properties, even where the key is `__proto__`. */
function mapOf<Value>(
  keys: string[],
  valueFor: (key: string, index: number) => Value,
): Record<string, Value> {
  return Object.fromEntries(keys.map((key, index) => [key, valueFor(key, index)]));
}

const keys = [...names, ...texts];
/** Braces would be a path parameter, and no address has a line break or a backslash. */
function pathOf(key: string): string {
  return `/${key.replaceAll(/[{}\n\\]/g, '')}`;
}

const thing = {
  type: 'object',
  title: all,
  description: all,
  required: keys,
  properties: mapOf(keys, (key) => ({
    type: 'string',
    description: all,
    enum: [key, all],
    default: all,
    example: all,
  })),
};
const response = {
  description: all,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
};

const contract = {
  openapi: '3.1.1',
  info: { title: all, version: all, description: all, contact: { name: all } },
  servers: [{ url: 'http://127.0.0.1/v1', description: all }],
  security: [{ [all]: [] }],
  tags: [{ name: all, description: all }],
  paths: mapOf(keys.map(pathOf), (_, index) => ({
    post: {
      operationId: keys[index],
      summary: all,
      description: all,
      tags: [all],
      deprecated: true,
      parameters: [
        ...keys.map((key) => ({
          name: key,
          in: 'query',
          description: all,
          schema: { type: 'string', enum: [key, all] },
        })),
        { name: 'X-Hostile', in: 'header', description: all, schema: { type: 'string' } },
      ],
      requestBody: {
        description: all,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
      },
      responses: { 200: response, 404: response, default: response },
    },
  })),
  webhooks: mapOf(keys, (key) => ({
    post: {
      operationId: `hook ${key}`,
      parameters: [{ name: 'webhook-signature', in: 'header', schema: { type: 'string' } }],
      summary: all,
      description: all,
      requestBody: {
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['type'],
              properties: { type: { type: 'string', const: key } },
            },
          },
        },
      },
      responses: { 200: { description: all } },
    },
  })),
  components: {
    securitySchemes: { [all]: { type: 'apiKey', in: 'header', name: 'X-Key', description: all } },
    schemas: { Thing: thing },
  },
};

const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-text-'));
const out = join(folder, 'client');
let files: ReadonlyMap<string, string>;
// biome-ignore lint/suspicious/noExplicitAny: its types are tested by compiling them.
let client: any;
let received: { url: string | undefined; key: unknown; body: unknown };

const server = createServer(async (request: IncomingMessage, response) => {
  received = { url: request.url, key: request.headers['x-key'], body: await json(request) };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(received.body));
});

beforeAll(async () => {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'contract.json'), JSON.stringify(contract));
  ({ files } = await generate(targetFor(join(folder, 'contract.json'), out), silentStep));
  replaceFolder(out, new Map(files));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { createClient } = await import(pathToFileURL(join(out, 'client.ts')).href);
  await import(pathToFileURL(join(out, 'webhooks.ts')).href);
  const { port } = server.address() as AddressInfo;
  client = createClient({ apiKey: 'hostile-key', baseUrl: `http://127.0.0.1:${port}` });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  server.close();
});

test('no text of a contract is run as code', () => {
  expect('hostile' in globalThis).toBe(false);
});

test('for any names, the code compiles under strict', () => {
  expect(compile([join(out, 'client.ts'), join(out, 'webhooks.ts')])).toEqual([]);
});

test('each operation has a method, which sends a valid request', async () => {
  const methods = Object.keys(client);
  expect(methods).toHaveLength(keys.length);
  const body = mapOf(keys, () => all);
  const query = mapOf(keys, (key) => key);
  for (const [index, method] of methods.entries()) {
    expect(await client[method](body, query)).toEqual(body);
    const url = new URL(`http://127.0.0.1${received.url}`);
    expect(decodeURIComponent(url.pathname)).toBe(pathOf(keys[index] ?? ''));
    expect([...url.searchParams]).toEqual(Object.entries(query));
    expect(received).toMatchObject({ key: 'hostile-key', body });
  }
});

test('the bundled contract says the same', () => {
  expect(parseYaml(files.get('openapi.yaml') ?? '')).toEqual(JSON.parse(JSON.stringify(contract)));
});
