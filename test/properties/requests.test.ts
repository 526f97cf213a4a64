import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Json, loadContract, resolve } from '../contract/contract.ts';
import { runs } from '../helpers/runs.ts';
import { useMock } from '../round-trip/mock.ts';
import { brokenValue, validValue } from './values.ts';

/** Shown with the failing request; change it to look elsewhere. */
const seed = 20_261_123;
/** A dropped query parameter is found by the second request; the others are for the many constraints. */
const numRuns = runs(80, 1_000);

interface Slot {
  place: 'path' | 'query' | 'body';
  name: string;
  schema: Json;
}

interface Operation {
  method: string;
  path: string;
  slots: Slot[];
}

type Values = Record<Slot['place'], Record<string, unknown>>;

const contract = await loadContract();
const mock = useMock();

const operations: Operation[] = Object.entries<Json>(contract.paths).flatMap(([path, item]) =>
  Object.entries<Json>(item)
    .filter(([, operation]) => operation.operationId)
    .map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      slots: [...parameterSlots(item), ...parameterSlots(operation), ...bodySlots(operation)],
    })),
);

function parameterSlots({ parameters = [] }: Json): Slot[] {
  return parameters.map((each: Json) => {
    const { in: place, name, schema } = resolve(contract, each);
    return { place, name, schema };
  });
}

function bodySlots({ requestBody }: Json): Slot[] {
  if (!requestBody) return [];
  const { schema } = resolve(contract, requestBody).content['application/json'];
  return Object.entries<Json>(resolve(contract, schema).properties).map(([name, each]) => ({
    place: 'body',
    name,
    schema: each,
  }));
}

/** An operation with a value for each path parameter, and for some of the others. */
const validRequest = fc.constantFrom(...operations).chain((operation) => {
  const values = (place: Slot['place']) => {
    const slots = operation.slots.filter((slot) => slot.place === place);
    const fields = Object.fromEntries(slots.map(({ name, schema }) => [name, validValue(schema)]));
    return fc.record(fields, { requiredKeys: place === 'path' ? Object.keys(fields) : [] });
  };
  return fc
    .record({ path: values('path'), query: values('query'), body: values('body') })
    .map((each) => ({ operation, values: each as Values }));
});

const brokenRequest = validRequest
  .filter(({ operation }) => operation.slots.length > 0)
  .chain(({ operation, values }) => {
    const choices = operation.slots.flatMap(({ place, name, schema }) => {
      const broken = brokenValue(schema, place !== 'body');
      return broken ? [broken.map((each) => ({ ...each, place, name }))] : [];
    });
    return fc.oneof(...choices).map(({ constraint, at, value, place, name }) => ({
      operation,
      values: { ...values, [place]: { ...values[place], [name]: value } },
      constraint,
      where: ['request', place, name, ...at].join('.'),
    }));
  });

async function send({ method, path, slots }: Operation, values: Values): Promise<Response> {
  const url = new URL(
    mock.url + path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(`${values.path[name]}`)),
  );
  for (const [name, value] of Object.entries(values.query))
    for (const each of [value].flat()) url.searchParams.append(name, String(each));
  const body = slots.some(({ place }) => place === 'body') ? JSON.stringify(values.body) : null;
  const response = await fetch(url, {
    method,
    headers: { 'x-api-key': 'property-key', ...(body && { 'content-type': 'application/json' }) },
    body,
  });
  await response.arrayBuffer();
  return response;
}

test(`${numRuns} valid requests are accepted`, async () => {
  await fc.assert(
    fc.asyncProperty(validRequest, async ({ operation, values }) => {
      const response = await send(operation, values);
      expect(response.headers.get('sl-violations')).toBeNull();
      expect(response.ok).toBe(true);
    }),
    { seed, numRuns },
  );
});

test(`${numRuns} requests with one violated constraint are refused with its place`, async () => {
  await fc.assert(
    fc.asyncProperty(brokenRequest, async ({ operation, values, where }) => {
      const response = await send(operation, values);
      expect(response.status).toBe(400);
      const violations: { location: string[] }[] = JSON.parse(response.headers.get('sl-violations') ?? '[]');
      // Prism writes the names of parameters in lower case.
      const places = violations.map(({ location }) => location.join('.').toLowerCase());
      expect(places).toContain(where.toLowerCase());
    }),
    { seed, numRuns },
  );
});
