import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseApi, targetFor } from '../../scripts/cli/apis.ts';
import { silentStep } from '../../scripts/cli/steps.ts';
import { generateFrom } from '../../scripts/generate/from-contract.ts';
import { selectOperations } from '../../scripts/generate/only.ts';

const text = { type: 'string' };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const response = (schema: object) => ({
  responses: { 200: { description: 'It.', content: { 'application/json': { schema } } } },
});

const contract = {
  openapi: '3.1.0',
  info: { title: 'Part', version: '1.0.0' },
  tags: [{ name: 'Parcels' }, { name: 'Depots' }],
  paths: {
    '/parcels': {
      get: {
        operationId: 'listParcels',
        tags: ['Parcels'],
        ...response({ type: 'array', items: ref('Parcel') }),
      },
      post: { operationId: 'createParcel', tags: ['Parcels'], ...response(ref('Receipt')) },
    },
    '/parcels/{id}/label': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      get: {
        operationId: 'getLabel',
        ...response({
          $ref: '#/paths/~1depots/get/responses/200/content/application~1json/schema/properties/label',
        }),
      },
    },
    '/depots': {
      get: {
        operationId: 'listDepots',
        tags: ['Depots', 'Depots, all'],
        ...response({ type: 'object', properties: { label: ref('Label'), depot: ref('Depot') } }),
      },
    },
    '/events': { get: { operationId: 'listEvents', ...response(ref('Event')) } },
  },
  webhooks: { sent: { post: { operationId: 'onSent', tags: ['Parcels'], ...response(ref('Receipt')) } } },
  components: {
    schemas: {
      Parcel: { type: 'object', properties: { owner: ref('Owner/properties/name') } },
      Owner: { type: 'object', properties: { name: text } },
      Receipt: text,
      Label: text,
      Depot: text,
      Event: { type: 'object', properties: { kind: text }, discriminator: { propertyName: 'kind' } },
      Sent: { allOf: [ref('Event'), { type: 'object', properties: { to: ref('Owner') } }] },
      Lost: { allOf: [ref('Event')] },
    },
  },
};

/** What stays of the contract: its operations and its schemas. */
function keep(only: string) {
  const { paths, webhooks, components } = selectOperations(contract, only) as typeof contract;
  const items = Object.entries<object>({ ...paths, ...webhooks });
  const operations = items.flatMap(([path, item]) =>
    Object.keys(item)
      .filter((key) => key !== 'parameters')
      .map((method) => `${method} ${path}`),
  );
  return { operations, schemas: Object.keys(components.schemas) };
}

describe('--only keeps the operations that it names, and the schemas that they need', () => {
  test.for<[string, string[], string[]]>([
    ['operation:createParcel', ['post /parcels'], ['Receipt']],
    ['tag:Parcels', ['get /parcels', 'post /parcels', 'post sent'], ['Parcel', 'Owner', 'Receipt']],
    ['path:/parcels/*', ['get /parcels/{id}/label'], ['Label']],
    ['path:/parcels/*/label', ['get /parcels/{id}/label'], ['Label']],
    [
      'path:*s',
      ['get /parcels', 'post /parcels', 'get /depots', 'get /events'],
      Object.keys(contract.components.schemas),
    ],
    ['path:/events', ['get /events'], ['Owner', 'Event', 'Sent', 'Lost']],
    ['tag:Depots, all', ['get /depots'], ['Label', 'Depot']],
    ['tag:Depots, operation:createParcel', ['post /parcels', 'get /depots'], ['Receipt', 'Label', 'Depot']],
  ])('%s', ([only, operations, schemas]) => {
    expect(keep(only)).toEqual({ operations, schemas });
  });

  test('without changing the contract', () => {
    const before = structuredClone(contract);
    keep('operation:createParcel');
    expect(contract).toEqual(before);
  });
});

test.for([
  ['tag:parcels', '--only tag:parcels names no operation of the contract. Did you mean tag:Parcels?'],
  ['path:/nowhere/*', '--only path:/nowhere/* names no operation of the contract.'],
  ['listParcels', '--only takes tag:NAME, path:PATH or operation:ID, but got "listParcels".'],
] as const)('--only %s is refused', ([only, message]) => {
  expect(() => keep(only)).toThrow(message);
});

test('the output has the selected methods and types only', async () => {
  const { spec } = chooseApi();
  const target = targetFor(spec, join(import.meta.dirname, 'unused'), { only: 'operation:listConnections' });
  const { files, operations } = await generateFrom(target, silentStep);
  expect(operations).toBe(1);
  expect(files.get('client.ts')).toContain('  listConnections(');
  expect(files.get('schema.ts')).toMatch(/\nexport type Connection = /);
  expect(files.get('schema.ts')).not.toContain('Invitation:');
  expect(files.get('openapi.yaml')).not.toContain('/invitation/');
});
