import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runNode } from '../helpers/project-copy.ts';

/** A service that remembers: three connections, two of them broken, one of these without an owner. */
const connections = [
  {
    id: '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36',
    status: 'PASSWORD_INCORRECT',
    workflowOwnerEmail: 'dana@example.com',
  },
  { id: '36b0d9f4-7e21-4c58-a94d-1f82c6e7035b', status: 'MFA_TOKEN_EXPIRED' },
  { id: '91c4a7e0-5d38-4f62-b1f9-e06d2c8a3b75', status: 'CONNECTED', workflowOwnerEmail: 'kim@example.com' },
];
const invitations: { connectionId: string; status: string; asked: unknown }[] = [];

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
  if (request.method === 'POST') {
    const connectionId = pathname.split('/').at(-1) ?? '';
    invitations.push({ connectionId, status: 'ACTIVE', asked: await json(request) });
    response.statusCode = 201;
    response.end(JSON.stringify(invitations.at(-1)));
  } else if (pathname.startsWith('/invitation/company/')) {
    // One to a page, so that the recipe has to turn pages.
    const page = Number(searchParams.get('page'));
    response.end(
      JSON.stringify({
        invitations: [invitations[page - 1]].filter(Boolean),
        hasNext: page < invitations.length,
      }),
    );
  } else {
    const found = connections.filter(({ status }) => status === searchParams.get('status'));
    response.end(JSON.stringify({ connections: found, hasNext: false }));
  }
});

const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-recipe-'));
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

it('the recipe of the README invites each owner who is waited for, once, however often it runs', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, recipe = ''] =
    /## Reconnect every broken connection[\s\S]*?```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const { port } = server.address() as AddressInfo;
  const file = join(folder, 'recipe.mts');
  writeFileSync(
    file,
    recipe
      .replaceAll('http://127.0.0.1:4010', `http://127.0.0.1:${port}`)
      .replaceAll("'nectar-openapi'", `'${new URL('../../generated/client.ts', import.meta.url)}'`),
  );

  const first = await runNode([file]);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toBe(
    `${connections[0]?.id} is waiting for dana@example.com.\n${connections[1]?.id} has no owner to invite.\n`,
  );
  invitations.push({ connectionId: 'another', status: 'EXPIRED', asked: undefined });

  const second = await runNode([file]);
  expect(second).toMatchObject({ code: 0, stderr: '' });
  expect(second.stdout).toContain('has an invitation already.');
  expect(invitations.filter(({ asked }) => asked)).toEqual([
    {
      connectionId: connections[0]?.id,
      status: 'ACTIVE',
      asked: { allowedEmails: ['dana@example.com'], maxUses: 1, sendEmail: true },
    },
  ]);
});
