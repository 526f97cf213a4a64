import { join } from 'node:path';
import fc from 'fast-check';
import { createSandbox } from 'nectar-openapi/sandbox';
import { expect, test } from 'vitest';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { createFront } from '../../scripts/mock/front.ts';
import { loadPrism } from '../../scripts/mock/prism.ts';
import { validateWithPrism } from '../../scripts/sandbox/server/prism.ts';
import { runs } from '../helpers/runs.ts';

/** The mock's own refusals are found by the examples; the rest looks for more of that kind. */
const numRuns = runs(300, 20_000);

const connection = '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36';
const company = 'c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915';
const document = join(toolchainRoot, 'generated/openapi.yaml');

const ids = (id: string) => fc.constantFrom(id, id, id, id, id, id.toUpperCase(), 'none', '%2e', `${id}0`);
const value = fc.constantFrom(
  '',
  '1',
  '0',
  '-1',
  '1.5',
  '1e2',
  '0x10',
  ' 1',
  '+1',
  'a',
  'PASSWORD_INCORRECT',
  company,
  'a@b.example',
  'null',
  'true',
  '%00',
);
const query = fc.array(
  fc.tuple(fc.constantFrom('page', 'limit', 'sites', 'status', 'connectionOwnerEmail', 'other'), value),
  { maxLength: 3 },
);
const types = fc.constantFrom(
  undefined,
  undefined,
  ...Array(4).fill('application/json'),
  'Application/JSON;charset=UTF-8',
  'application/json;',
  'application/json; charset=latin1',
  'application/vnd.api+json',
  'text/plain',
  'multipart/form-data',
  'json',
  '',
);
const field = fc.constantFrom<unknown>(
  null,
  0,
  1,
  60,
  59.5,
  '',
  'x',
  true,
  [],
  {},
  ['a@b.example'],
  ['a', 'a@b.example'],
  { country: 'US' },
  { country: 'USA' },
  { sites: [] },
);
const bodies = fc.oneof(
  fc.constantFrom('', '', '{}', '[]', 'null', '{', '{"maxUses":1}', '"', '0', 'false'),
  fc
    .dictionary(
      fc.constantFrom('allowedEmails', 'expiresInSeconds', 'maxUses', 'sendEmail', 'prefill', 'other'),
      field,
    )
    .map((each) => JSON.stringify(each)),
);

const asked = fc.record({
  operation: fc.oneof(
    fc.constant('GET /ping'),
    ids(company).map((id) => `GET /connection/company/${id}`),
    ids(company).map((id) => `GET /invitation/company/${id}`),
    ids(connection).map((id) => `GET /connection/${id}/details`),
    ids(connection).map((id) => `POST /invitation/connection/${id}`),
    ids(company).map((id) => `POST /invitation/company/${id}`),
    fc.constantFrom('PUT /ping', 'GET /pings', 'POST /connection/company', 'GET /'),
  ),
  base: fc.constantFrom('', '/v2', '/v2.1'),
  query,
  type: types,
  body: bodies,
  key: fc.constantFrom(...Array(9).fill('sandbox-key'), undefined),
});

const empty = { base: '' as const, query: [], type: undefined, body: '', key: 'sandbox-key' };
const examples: [typeof asked extends fc.Arbitrary<infer Asked> ? Asked : never][] = [
  [{ ...empty, operation: `GET /connection/company/${company}`, query: [['page', ''] as never] }],
  [{ ...empty, operation: `GET /connection/company/${company}`, query: [['sites', ''] as never] }],
  [{ ...empty, operation: `POST /invitation/connection/${connection}`, body: '{}' }],
];

test(`the mock, the sandbox and the sandbox behind Prism accept and refuse the same of ${numRuns} requests`, async () => {
  const mock = createFront(await loadPrism(document), () => {});
  const sandbox = createSandbox();
  const violations: string[] = [];
  const checked = createSandbox({
    through: await validateWithPrism(document, (each) => violations.push(each)),
  });
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(asked, async ({ operation, base, query: pairs, type, body, key }) => {
      const [method = '', path] = operation.split(' ');
      if (`${base}${path}` === '/') return;
      const request = () =>
        new Request(`http://127.0.0.1${base}${path}?${pairs.map((pair) => pair.join('=')).join('&')}`, {
          method,
          headers: {
            ...(key !== undefined && { 'x-api-key': key }),
            ...(type !== undefined && { 'content-type': type }),
          },
          // A body without a type, which `Request` would add for a string.
          body: method === 'GET' || body === '' ? null : new TextEncoder().encode(body),
        });
      const verdicts = await Promise.all([
        mock(request()),
        sandbox.fetch(request()),
        checked.fetch(request()),
      ]);
      const [ofMock, ofSandbox, ofChecked] = verdicts.map(({ ok }) => ok);
      expect({ ofMock, ofChecked }).toEqual({ ofMock: ofSandbox, ofChecked: ofSandbox });
      if (ofSandbox) accepted++;
    }),
    { numRuns, seed: 1, examples },
  );
  expect(violations).toEqual([]);
  // The requests are neither all valid nor all invalid.
  expect(accepted).toBeGreaterThan(numRuns / 20);
  expect(accepted).toBeLessThan(numRuns / 2);
});
