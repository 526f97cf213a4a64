import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { createClient } from 'nectar-openapi';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answer, FaultServer, json, reset } from './fault-server.ts';
import { errorOf, ID, KEY } from './subject.ts';

type Create = typeof createClient;

interface Guard {
  name: string;
  /** Where it stands in the runtime, and what turns it off. */
  file: string;
  line: string;
  without: string;
  /** Holds with the guard alone. */
  check(create: Create): Promise<void>;
}

const guards: Guard[] = [
  {
    name: 'a create whose answer was lost is not repeated',
    file: 'retry.ts',
    line: 'last.sent && !idempotent',
    without: 'false',
    check: (create) => expectOneRequest(create, reset),
  },
  {
    name: 'a create that failed with 503 is not repeated',
    file: 'retry.ts',
    line: 'idempotent ? PASSING.includes(status) : status === 429',
    without: 'PASSING.includes(status)',
    check: (create) => expectOneRequest(create, answer(503)),
  },
  {
    name: 'a redirect takes the key nowhere',
    file: 'transport.ts',
    line: "redirect: 'manual'",
    without: "redirect: 'follow'",
    async check(create) {
      await using thief = await FaultServer.start(json(200, { id: ID }));
      await using server = await FaultServer.start(answer(307, '', { location: `${thief.origin}/` }));
      await create({ apiKey: KEY, baseUrl: server.origin }).createReconnectInvitation(ID).result();
      expect(thief.seen.map(({ headers }) => headers['x-api-key'])).toEqual([]);
    },
  },
  {
    name: 'a redirect is told as one',
    file: 'transport.ts',
    line: 'refuseRedirect(response, call);',
    without: '',
    async check(create) {
      await using server = await FaultServer.start(answer(302, '', { location: '/' }));
      const error = await errorOf(create({ apiKey: KEY, baseUrl: server.origin }).getConnection(ID));
      expect(error.name).toBe('RedirectError');
    },
  },
  {
    name: 'a path parameter does not climb',
    file: 'url.ts',
    line: String.raw`/^\.{0,2}$/.test(value)`,
    without: 'false',
    async check(create) {
      await using server = await FaultServer.start(json(200, {}));
      const { raw } = create({ apiKey: KEY, baseUrl: server.origin });
      const path = { invitation_id: '..' };
      await raw.GET('/invitation/{invitation_id}', { params: { path } }).catch(() => {});
      expect(server.seen.map(({ url }) => url)).toEqual([]);
    },
  },
  {
    name: 'a path parameter that must be a UUID is one',
    file: 'url.ts',
    line: "!UUID.test(parameters[name] ?? '')",
    without: 'false',
    async check(create) {
      await using server = await FaultServer.start(json(200, {}));
      await create({ apiKey: KEY, baseUrl: server.origin }).getConnection('me').result();
      expect(server.count).toBe(0);
    },
  },
];

async function expectOneRequest(create: Create, fault: Parameters<typeof FaultServer.start>[0]) {
  await using server = await FaultServer.start(fault ?? reset);
  const client = create({ apiKey: KEY, baseUrl: server.origin, maxRetries: 1 });
  await client.createReconnectInvitation(ID).result();
  expect(server.count).toBe(1);
}

const client = join(import.meta.dirname, '../../generated/client.ts');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nectar-openapi-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The client with one piece of its runtime replaced. */
async function clientWithout({ file, line, without }: Guard, index: number): Promise<Create> {
  const outfile = join(folder, `client-${index}.mjs`);
  let found = 0;
  await build({
    entryPoints: [client],
    outfile,
    bundle: true,
    format: 'esm',
    plugins: [
      {
        name: 'turn the guard off',
        setup({ onLoad }) {
          onLoad({ filter: /runtime.\w[\w-]*\.ts$/ }, async ({ path }) => {
            const contents = await readFile(path, 'utf8');
            if (basename(path) !== file) return { contents, loader: 'ts' };
            found = contents.split(line).length - 1;
            return { contents: contents.replace(line, without), loader: 'ts' };
          });
        },
      },
    ],
  });
  expect(found, `"${line}" stands once in ${file}`).toBe(1);
  const { createClient: create } = await import(pathToFileURL(outfile).href);
  return create;
}

describe.each(guards)('$name', (guard) => {
  test('with its guard', async () => {
    await guard.check(createClient);
  });

  test('and without it the same check fails', async () => {
    const create = await clientWithout(guard, guards.indexOf(guard));
    await expect(guard.check(create)).rejects.toThrow('expected');
  });
});
