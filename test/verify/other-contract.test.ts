import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { curlFor } from '../../scripts/mock/curl.ts';
import { type Mock, startMock } from '../../scripts/mock/start.ts';
import { formatReport } from '../../scripts/verify/report.ts';
import { checkTarget } from '../../scripts/verify/target.ts';
import { verify } from '../../scripts/verify/verify.ts';

/** A contract that is not of this service. */
const document = fileURLToPath(new URL('../helpers/parcels.yaml', import.meta.url));
const environment = { PARCELS_TOKEN: 'a-token' };

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ port: 0, document });
});
afterAll(() => mock.close());

/** The report on the mock, which is at the path of the server that the contract names. */
async function report(...parameter: string[]): Promise<string> {
  const target = checkTarget(document, { server: `${mock.url}/v1`, parameter }, environment);
  const text = formatReport(await verify(target), target);
  return text.replace(mock.url, 'MOCK').split('\nNot seen')[0] ?? '';
}

test('verify calls what only reads, with the examples of the contract and the parameters that are given', async () => {
  // The mock accepts every key.
  const list = `ok      parcels/list: 200
drift   parcels/list with a wrong key: 200
  drift: the status is 200, but the contract says 401.
`;
  expect(await report()).toBe(
    `MOCK/v1 compared with the contract, read-only

${list}
Not tried
  GET /parcels/{number}/label.pdf needs --parameter number=VALUE.
  parcels-list changes something, and is not called.

This server is on your machine. A mock or a sandbox shows what the contract says, not what the service does.

Drift: 1, nothing new.
`.trimEnd(),
  );
  expect(await report('number=7')).toContain(`\nok      GET /parcels/{number}/label.pdf: 200\n${list}`);
});

test('verify refuses a parameter that the contract does not have, and asks for its variable', () => {
  const check = (parameter: string[], variables: object) => () =>
    checkTarget(document, { server: mock.url, parameter }, { ...variables });
  expect(check(['nummer=1'], environment)).toThrow('The names: number, state.');
  expect(check([], { NECTAR_API_KEY: 'k' })).toThrow('put it into the environment variable PARCELS_TOKEN.');
});

test('the mock serves it at the path of its server, and says which responses there are', async () => {
  const ask = async (path: string, prefer = '') => {
    const headers = { authorization: 'Bearer any', ...(prefer && { prefer }) };
    const response = await fetch(mock.url + path, { headers });
    return [response.status, await response.text()];
  };
  expect(await ask('/v1/parcels?state=sent')).toEqual([200, '[]']);
  expect(await ask('/parcels?state=lost')).toEqual([422, expect.stringContaining('allowed values: sent')]);
  expect(await ask('/parcels?state=sent', 'example=one')).toEqual([
    501,
    expect.stringContaining('Prefer asks for the example one, but parcels/list has none.'),
  ]);
  expect(curlFor(mock.operations, mock.url)).toContain('Authorization: ');
});
