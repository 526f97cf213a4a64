import { join } from 'node:path';
import fc from 'fast-check';
import { createSandbox } from 'nectar-openapi/sandbox';
import { expect, test } from 'vitest';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { createHandler } from '../../scripts/mock/handler.ts';
import { loadPrism } from '../../scripts/mock/prism.ts';
import { validateWithPrism } from '../../scripts/sandbox/server/prism.ts';
import { runs } from '../helpers/runs.ts';

/** Each refusal of the mock, and the Accept of the sandbox, is missed by 87 runs if it is removed. */
const numRuns = runs(175, 20_000);

const connection = '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36';
const company = 'c2a9e4b8-1f57-4d03-9b6e-3a8d72f0e915';
const document = join(toolchainRoot, 'generated/openapi.yaml');

const ids = (id: string) => fc.constantFrom(id.toUpperCase(), 'none', '%2e', `${id}0`);
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
  { minLength: 1, maxLength: 2 },
);
const types = fc.constantFrom(
  undefined,
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

const accepts = fc.constantFrom(
  'application/json',
  '*/*',
  '*',
  'text/html',
  'text/html, application/*;q=0.1',
  'application/json;q=0',
  'application/json;q=0, */*',
  '*/*;q=0',
  'application/json;version=2',
  'application/json;',
  'application/json;q',
  'text/plain;x="application/json, */*"',
  'application/problem+json',
  'banana',
  'banana, APPLICATION/JSON',
  ' , ,',
  '',
);

interface Asked {
  operation: string;
  base: string;
  query: string[][];
  accept?: string | undefined;
  type?: string | undefined;
  body: string;
  key: string | undefined;
}

const valid: fc.Arbitrary<Asked> = fc
  .constantFrom(
    ['GET /ping', ''],
    [`GET /connection/company/${company}`, ''],
    [`GET /invitation/company/${company}`, ''],
    [`GET /connection/${connection}/details`, ''],
    [`POST /invitation/connection/${connection}`, '{}'],
    [`POST /invitation/connection/${connection}`, '{"maxUses":1}'],
    [`POST /invitation/company/${company}`, ''],
    [`POST /invitation/company/${company}`, '{"allowedEmails":["a@b.example"]}'],
  )
  .map(([operation = '', body = '']) => ({
    operation,
    base: '/v2',
    query: [],
    ...(body && { type: 'application/json' }),
    body,
    key: 'sandbox-key',
  }));

/** One thing that is different. A guard of one thing is seen best where nothing else is wrong. */
function changeOf({ operation }: Asked): fc.Arbitrary<Partial<Asked>> {
  const [method, id] = [operation.split(' ')[0], operation.includes(company) ? company : connection];
  const other = ids(id).map((each) => operation.replace(id, each));
  const elsewhere = fc.constantFrom('PUT /ping', 'GET /pings', 'POST /connection/company', 'GET /');
  return fc.oneof(
    fc.record({ operation: fc.oneof(other, elsewhere) }),
    fc.record({ base: fc.constantFrom('', '/v2.1', '/v3') }),
    fc.constant({ key: undefined }),
    { weight: 2, arbitrary: fc.record({ accept: accepts }) },
    { weight: 6, arbitrary: method === 'GET' ? fc.record({ query }) : fc.record({ type: types }) },
    { weight: 3, arbitrary: method === 'GET' ? fc.record({ query }) : fc.record({ body: bodies }) },
  );
}

const asked = valid.chain((request) =>
  fc
    .array(changeOf(request), { minLength: 1, maxLength: 2 })
    .map((changes): Asked => Object.assign({}, request, ...changes)),
);

test(`the mock, the sandbox and the sandbox behind Prism accept and refuse the same of ${numRuns} requests`, async () => {
  const mock = createHandler(await loadPrism(document), () => {});
  const sandbox = createSandbox();
  const violations: string[] = [];
  const checked = createSandbox({
    through: await validateWithPrism(document, (each) => violations.push(each)),
  });
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(asked, async ({ operation, base, query: pairs, accept, type, body, key }) => {
      const [method = '', path] = operation.split(' ');
      if (`${base}${path}` === '/') return;
      const request = () =>
        new Request(`http://127.0.0.1${base}${path}?${pairs.map((pair) => pair.join('=')).join('&')}`, {
          method,
          headers: {
            ...(key !== undefined && { 'x-api-key': key }),
            ...(accept !== undefined && { accept }),
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
    { numRuns, seed: 1 },
  );
  expect(violations).toEqual([]);
  // The requests are neither all valid nor all invalid.
  expect(accepted).toBeGreaterThan(numRuns / 5);
  expect(accepted).toBeLessThan((4 * numRuns) / 5);
});
