import type { Json } from '../contract/contract.ts';

const plots = '/plots/{id}';
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const query = { name: 'q', in: 'query', schema: { type: 'string' } };
const json = (schema: unknown) => ({ content: { 'application/json': { schema } } });
const object = (properties: object, more: object = {}) => ({ type: 'object', properties, ...more });

/** A contract with one operation. */
function contractOf(response: object, more: object = {}, schemas: object = {}, method = 'get'): Json {
  const operation = {
    operationId: 'plots',
    responses: { 200: { description: 'Done.', ...response } },
    ...more,
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Farm', version: '1.0.0' },
    paths: { [plots]: { parameters: [id], [method]: operation } },
    components: { schemas },
  };
}

const text = contractOf(json({ type: 'string' }));
const get = (contract: Json) => contract.paths[plots].get;
const schemaOf = (contract: Json) => get(contract).responses[200].content['application/json'].schema;

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const plot = object({ size: { type: 'integer' } }, { required: ['size'] });
const withPlot = contractOf(json(ref('Plot')), {}, { Plot: plot });
const sent = contractOf(
  json({ type: 'string' }),
  { requestBody: { required: true, ...json(ref('Plot')) } },
  { Plot: plot },
  'put',
);
const animal = object({ kind: { type: 'string' }, type: { type: 'string' } }, { required: ['kind', 'type'] });
const mapping = { cow: ref('Cow').$ref, hen: ref('Hen').$ref };
const thing = {
  oneOf: [ref('Cow'), ref('Hen')],
  discriminator: { propertyName: 'kind', mapping },
};
const things = contractOf(
  json(ref('Thing')),
  {},
  { Thing: thing, Cow: animal, Hen: structuredClone(animal) },
);
const lists = contractOf(
  json(object({ a: { const: 'x' }, b: { type: 'string', enum: ['p', 'q'] } }, { required: ['a', 'b'] })),
);
const callbacks = {
  done: {
    '{$request.query.url}': {
      post: { requestBody: json(plot), responses: { 200: { description: 'Done.' } } },
    },
  },
};
const name = { type: 'string', maxLength: 10 };

type Case = [name: string, contract: Json, edit: (contract: Json) => unknown, verdicts: string[]];

const header = (of: string): Case => [
  `the header ${of} takes another type`,
  contractOf({ headers: { [of]: { schema: { type: 'integer' } } }, ...json({ type: 'string' }) }),
  (it) => (get(it).responses[200].headers[of].schema.type = 'string'),
  ['major readers'],
];

const boolean = (what: string, properties: object): Case => [
  `a bound changes beside ${what}`,
  contractOf(json(object({ name, ...properties }))),
  (it) => (schemaOf(it).properties.name.maxLength = 9),
  ['minor readers'],
];

const all: Case[] = [
  [
    'a field of a callback is removed',
    contractOf(json({ type: 'string' }), { callbacks }),
    (it) =>
      delete get(it).callbacks.done['{$request.query.url}'].post.requestBody.content['application/json']
        .schema.properties.size,
    ['major readers'],
  ],
  ...['x-left', 'X-Left', 'title', 'example'].map(header),
  [
    'a field of a media type x- takes another type',
    contractOf({ content: { 'x-app/json': { schema: plot } } }),
    (it) => (get(it).responses[200].content['x-app/json'].schema.properties.size.type = 'string'),
    ['major readers'],
  ],
  boolean('items: false', { pair: { type: 'array', prefixItems: [{ type: 'number' }], items: false } }),
  boolean('a field that is true', { any: true }),
  boolean('contains: true', { list: { type: 'array', contains: true } }),
  [
    'a parameter moves from the path to the operation',
    text,
    (it) => {
      get(it).parameters = it.paths[plots].parameters;
      delete it.paths[plots].parameters;
    },
    ['patch nobody'],
  ],
  [
    'a parameter moves from the operation to the path',
    contractOf(json({ type: 'string' }), { parameters: [query] }),
    (it) => {
      it.paths[plots].parameters.push(query);
      delete get(it).parameters;
    },
    ['patch nobody'],
  ],
  [
    'the schema of a response is removed',
    withPlot,
    (it) => delete get(it).responses[200].content['application/json'].schema,
    ['major readers'],
  ],
  [
    'a field becomes writeOnly in a response',
    withPlot,
    (it) => (it.components.schemas.Plot.properties.size.writeOnly = true),
    ['major readers'],
  ],
  [
    'a field becomes readOnly in a request',
    sent,
    (it) => (it.components.schemas.Plot.properties.size.readOnly = true),
    ['major callers'],
  ],
  [
    'a value of a discriminator is removed',
    things,
    (it) => delete it.components.schemas.Thing.discriminator.mapping.hen,
    ['major readers'],
  ],
  [
    'types are distinguished by another field',
    things,
    (it) => (it.components.schemas.Thing.discriminator.propertyName = 'type'),
    ['major readers'],
  ],
  [
    'a const is written as an enum',
    lists,
    (it) => (schemaOf(it).properties.a = { enum: ['x'] }),
    ['patch nobody'],
  ],
  ['an enum has another order', lists, (it) => schemaOf(it).properties.b.enum.reverse(), ['patch nobody']],
  ['required has another order', lists, (it) => schemaOf(it).required.reverse(), ['patch nobody']],
];

/** Contracts of others: before and after an edit, and the verdict on each change that follows. */
export const cases = all.map(([title, before, edit, verdicts]) => {
  const after = structuredClone(before);
  edit(after);
  return { name: title, before, after, verdicts };
});

/** Renames at the top of a contract, which are changes of their own there. */
export const renamed = {
  before: withPlot,
  after: {
    ...contractOf(json(ref('Field')), {}, { Field: plot }),
    tags: [{ name: 'Plots' }],
    paths: {
      '/plots/{plot}': {
        parameters: [{ $ref: '#/components/parameters/Plot' }],
        get: get(contractOf(json(ref('Field')))),
      },
    },
    components: { schemas: { Field: plot }, parameters: { Plot: { ...id, name: 'plot' } } },
  },
};
