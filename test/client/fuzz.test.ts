import fc from 'fast-check';
import { isApiClientError } from 'nectar-openapi';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runs } from '../helpers/runs.ts';
import { FaultServer, hangUp, json, malformed, reset, respond } from './fault-server.ts';
import { connect, FACES, fetchClient, ID, KINDS, methodClient } from './subject.ts';

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Values of every kind, some of which throw when they are looked at. */
const anything = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
  }),
  fc.constantFrom<unknown>(
    Symbol('s'),
    () => {
      throw new Error('A function.');
    },
    Promise.resolve(7),
    new Proxy({}, { get: () => JSON.parse('{') }),
    {
      get message() {
        throw new Error('A getter.');
      },
    },
    new Response('used'),
    AbortSignal.abort(),
    new Headers({ a: 'b' }),
  ),
);

const options = fc.dictionary(
  fc.constantFrom(
    'apiKey',
    'timeout',
    'totalTimeout',
    'maxRetries',
    'maxResponseBytes',
    'headers',
    'fetchOptions',
    'signal',
    'body',
    'parseAs',
    'middleware',
    'querySerializer',
  ),
  anything,
);

/** Whatever a fetch may return or throw: at once, later, or as something like a response. */
const outcomes = fc.oneof(
  fc.record({ how: fc.constantFrom('returns', 'rejects', 'throws'), value: anything }),
  fc.record({
    how: fc.constant('returns'),
    value: fc.record(
      {
        status: fc.oneof(fc.integer({ min: -1, max: 1000 }), anything),
        ok: fc.boolean(),
        headers: fc.oneof(fc.constant(new Headers()), anything),
        body: fc.oneof(fc.constant(null), anything),
        text: anything,
        arrayBuffer: anything,
      },
      { requiredKeys: ['status', 'headers'] },
    ),
  }),
  fc
    .record({ status: fc.integer({ min: 200, max: 599 }), text: fc.oneof(fc.json(), fc.string()) })
    .map(({ status, text }) => ({
      how: 'returns',
      value: new Response([204, 205, 304].includes(status) ? null : text, { status }),
    })),
);

/** Calls in whatever way, and passes on only what may leave a call. */
async function settle(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isApiClientError(error)) throw new Error('Something else left the call.', { cause: error });
    expect(error.message).toMatch(/^[^\n]{1,600}$/);
    expect(() => JSON.stringify({ ...error.toJSON(), cause: undefined })).not.toThrow();
  }
}

/** A call that returns whatever it catches is found by run 62. */
const numRuns = runs(125, 1_500);

const limits = { timeout: 200, totalTimeout: 400, maxRetries: 1 };

describe.each(FACES)('Nothing but data or an ApiClientError leaves a call of the %s', (face) => {
  const callWith = (send: () => Promise<Response>, kind: (typeof KINDS)[number], given: object) => () =>
    connect(face, 'https://example.com', { ...limits, fetch: send })[kind](given);

  test('for anything that a fetch returns or throws', async () => {
    const property = fc.asyncProperty(outcomes, fc.constantFrom(...KINDS), async ({ how, value }, kind) => {
      const send = () => {
        if (how === 'throws') throw value;
        return (how === 'rejects' ? Promise.reject(value) : Promise.resolve(value)) as Promise<Response>;
      };
      await settle(callWith(send, kind, {}));
    });
    await fc.assert(property, { numRuns, seed: 20261125 });
  });

  test('for any options and body of a call', async () => {
    const send = async () => Response.json({ id: ID });
    const property = fc.asyncProperty(options, fc.constantFrom(...KINDS), async (given, kind) => {
      await settle(callWith(send, kind, given));
    });
    await fc.assert(property, { numRuns, seed: 20261125 });
  });

  test('for any response of a server', async () => {
    const faults = fc.oneof(
      fc.constantFrom(reset, hangUp, malformed),
      fc
        .record({ status: fc.integer({ min: 200, max: 599 }), body: fc.oneof(fc.json(), fc.string()) })
        .map(({ status, body }) => respond(status, body)),
      fc.uint8Array().map((bytes) => respond(200, Buffer.from(bytes), { 'content-encoding': 'gzip' })),
      fc.jsonValue().map((value) => json(200, value)),
    );
    const property = fc.asyncProperty(faults, fc.constantFrom(...KINDS), async (fault, kind) => {
      await using server = await FaultServer.start(fault);
      await settle(() => connect(face, server.origin, limits)[kind]());
    });
    await fc.assert(property, { numRuns: runs(25, 150), seed: 20261125 });
  });
});

test('Nothing else leaves a call with any ids and queries', async () => {
  const send = async () => Response.json({ connections: [], hasNext: false });
  const client = methodClient('https://example.com', { fetch: send });
  const api = fetchClient('https://example.com', { fetch: send });
  const property = fc.asyncProperty(anything, anything, async (id, query) => {
    await settle(() => client.listConnections(id as string, query as object) as Promise<unknown>);
    const params = { path: { company_id: id as string }, query: query as object };
    await settle(() => api.GET('/connection/company/{company_id}', { params }));
  });
  await fc.assert(property, { numRuns, seed: 20261125 });
});
