import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runSnippet } from '../helpers/snippets.ts';
import { programOf } from './source.ts';

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

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

it('the recipe for a whole company invites each owner once, however often it runs', async () => {
  // On this machine, no request is on its way for long.
  const code = programOf('reconnectCompany.ts').replace('120_000', '1');
  const { port } = server.address() as AddressInfo;
  const run = () => runSnippet({ place: 'reconnectCompany.ts', code }, `http://127.0.0.1:${port}`);

  expect(await run()).toBe(
    `${connections[0]?.id} is waiting for dana@example.com.\n${connections[1]?.id} has no owner to invite.`,
  );
  invitations.push({ connectionId: 'another', status: 'EXPIRED', asked: undefined });

  expect(await run()).toContain('has an invitation already.');
  expect(invitations.filter(({ asked }) => asked)).toEqual([
    {
      connectionId: connections[0]?.id,
      status: 'ACTIVE',
      asked: { allowedEmails: ['dana@example.com'], maxUses: 1, sendEmail: true },
    },
  ]);
});
