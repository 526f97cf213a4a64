import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../scripts/cli/failure.ts';
import { nectarSteps } from '../../scripts/nectar/verify-steps.ts';
import { verifyService } from '../../scripts/verify/command.ts';
import { checkTarget } from '../../scripts/verify/target.ts';
import { type Ended, runHere } from '../helpers/project-copy.ts';
import { useMock } from '../round-trip/mock.ts';
import { document, verifyMutated } from './run.ts';
import { apiKey, ids, type Mutation, startService } from './service.ts';

const mock = useMock();

/** Runs the command; no run may show the key. */
async function runVerify(args: string[]): Promise<Ended> {
  const ended = await runHere((given) => verifyService(given, { NECTAR_API_KEY: apiKey }, nectarSteps), args);
  expect(ended.stdout + ended.stderr).not.toContain(apiKey);
  return ended;
}

async function runAgainst(mutate: Mutation, ...args: string[]): Promise<Ended> {
  await using service = await startService(mock.url, mutate);
  return await runVerify(['--server', service.url, ...args]);
}

function refusalOf(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error;
  }
  throw new Error('It was not refused.');
}

describe('npm run verify', () => {
  test('ends with 0 if the service keeps the contract', async () => {
    const { code, stdout, stderr } = await runAgainst(() => {}, '--parameter', `company_id=${ids.company}`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/\nNo drift, nothing new\.\n$/);
  });

  test('ends with 1 if it does not, and never shows the key that the service echoes', async () => {
    const details = `GET /connection/${ids.connection}/details`;
    const { code, stdout, stderr } = await runAgainst(
      (request, reply, key) => {
        if (request === 'GET /ping') Object.assign(reply.headers, { 'x-echo': key });
        if (request === details)
          Object.assign(reply.body, { status: key, country: key, [key]: { [key]: key } });
        if (request.endsWith('/revoke')) Object.assign(reply, { status: 418, body: key });
      },
      ...[
        '--parameter',
        `company_id=${ids.company}`,
        '--parameter',
        `connection_id=${ids.connection}`,
        '--write',
      ],
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('  new: the field [API key] is not in the contract.\n');
    expect(stdout).toContain('  new: status has the value [API key], which the contract does not list.\n');
    expect(stdout).toMatch(
      /Left behind\n {2}The invitation \S+ could not be revoked\. It expires 60 s after it was created\./,
    );
  });

  test('sends the key to no other host', async () => {
    const requests: string[] = [];
    await using other = createServer(({ headers }, outgoing) => {
      requests.push(JSON.stringify(headers));
      outgoing.end('{}');
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    const { report, drift } = await verifyMutated(mock.url, (_, reply) => {
      Object.assign(reply, { status: 302, headers: { ...reply.headers, location } });
    });
    expect(report).toContain('drift   ping: 302\n  drift: the status is 302, but the contract says 200.\n');
    expect({ drift, requests }).toEqual({ drift: true, requests: [] });
  });

  const server = 'https://nectar.example/v2';

  test('ends with 2 for an invalid call', async () => {
    const { code, stdout, stderr } = await runVerify(['--server', server, '--all']);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'There is no flag --all.\nUsage: npm run verify -- [NAME] --server URL [--parameter NAME=VALUE]... [--write]\n',
    });
  });

  test.each<[string, Parameters<typeof checkTarget>[1], string | undefined, string]>([
    ['no server', {}, apiKey, '--server is missing: say which service to verify.'],
    ['no key', { server }, undefined, 'There is no API key: put it into the environment variable'],
    [
      'a key with a line break',
      { server },
      `${apiKey}\nx`,
      'NECTAR_API_KEY contains something that no key can have',
    ],
    [
      'http to another machine',
      { server: `http://${apiKey}.example` },
      apiKey,
      '--server takes an https address',
    ],
    [
      'an address with a query',
      { server: `${server}?k=${apiKey}` },
      apiKey,
      '--server takes an https address',
    ],
    [
      'an id that is none',
      { server, parameter: ['company_id=harbor'] },
      apiKey,
      '--parameter company_id takes a UUID, but got "harbor".',
    ],
    [
      'a parameter that the contract does not have',
      { server, parameter: ['company=harbor'] },
      apiKey,
      '--parameter takes NAME=VALUE, but got "company=harbor". The names: company_id, ',
    ],
  ])('refuses %s and says what to do', (_, flags, key, sentence) => {
    const { message, exitCode } = refusalOf(() => checkTarget(document, flags, { NECTAR_API_KEY: key }));
    expect(exitCode).toBe(2);
    expect(message.startsWith(sentence)).toBe(true);
    expect(message).not.toContain(apiKey);
  });

  test('says so if the service cannot be reached, without a report', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const url = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
    await new Promise((resolve) => closed.close(resolve));
    expect(await runVerify(['--server', url])).toEqual({
      code: 1,
      stdout: '',
      stderr: `${url} cannot be reached (ECONNREFUSED). Check --server, and whether this machine may connect to it.\n`,
    });
  });

  test.each([
    [401, 'refuses the key (401). Check that NECTAR_API_KEY is active and belongs to the right environment.'],
    [404, 'has no /ping (404). --server takes the whole base address'],
  ])('says what to check when the first response is %d', async (status, sentence) => {
    const verified = verifyMutated(mock.url, (_, reply) => void Object.assign(reply, { status }));
    await expect(verified).rejects.toMatchObject({
      name: 'Failure',
      exitCode: 1,
      message: expect.stringContaining(sentence),
    });
  });
});
