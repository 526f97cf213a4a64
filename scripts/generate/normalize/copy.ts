/** Keys whose values are data and not part of the contract. */
const literals = new Set(['example', 'examples', 'default', 'enum', 'const', 'value', 'mapping', 'security']);

/** Keys whose values are maps of schemas. */
const schemaMaps = ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions', 'schemas'];

/** Keys whose values are maps: the keys in these are names, not keywords. */
export const namedMaps = new Set([
  ...schemaMaps,
  'paths',
  ...[
    'responses',
    'parameters',
    'headers',
    'requestBodies',
    'securitySchemes',
    'links',
    'callbacks',
    'pathItems',
  ],
  ...['content', 'webhooks', 'encoding', 'variables'],
]);

/** Keys whose values are lists of schemas, in which true and false are schemas too. */
const schemaLists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];

/** Keys whose values are schemas. */
const schemaKeys = [
  'schema',
  'itemSchema',
  'contentSchema',
  'propertyNames',
  'contains',
  'not',
  'if',
  'then',
  'else',
];

/** The same, but true and false are more frequent there than schemas, and each has its own type. */
const openingKeys = ['items', 'additionalProperties', 'unevaluatedProperties'];

/** Keys of texts that become comments. */
const texts = new Set([
  ...['title', 'summary', 'description', 'operationId', 'name', 'pattern', 'format', 'version'],
]);

type Map = Record<string, unknown>;

/**
 * A copy of a document for the following steps to change, in which every schema is an object: `true` allows any value
 * and `false` none. Where OpenAPI requires an object or a text, authors write null for "none": such a key is removed, and
 * a property that is null, or something else that is not a schema, has any type.
 */
export function copyDocument(document: object): object {
  return copyMap(document as Map) as object;
}

function copyValue(value: unknown, key?: string): unknown {
  if (Array.isArray(value))
    return value.map((each) => (schemaLists.includes(key ?? '') ? copySchema(each) : copyValue(each)));
  if (!isMap(value)) return value;
  return namedMaps.has(key ?? '') ? copyNamed(value, schemaMaps.includes(key ?? '')) : copyMap(value);
}

function copySchema(value: unknown): unknown {
  if (isMap(value)) return copyMap(value);
  return value === false ? { enum: [] } : {};
}

function copyNamed(map: Map, areSchemas: boolean): object {
  const copy: Map = {};
  for (const [name, value] of Object.entries(map)) {
    if (areSchemas) set(copy, name, copySchema(value));
    else if (name === '$ref' && typeof value === 'string') copy[name] = value;
    else if (typeof value === 'object') set(copy, name, value === null ? {} : copyValue(value));
  }
  return copy;
}

function copyMap(map: Map): object {
  const copy: Map = {};
  for (const [key, value] of Object.entries(map)) {
    if (literals.has(key) || key.startsWith('x-')) set(copy, key, value);
    else if (texts.has(key) && typeof value !== 'string') {
      if (typeof value === 'number' || typeof value === 'boolean') copy[key] = String(value);
    } else if (key === 'type' && Array.isArray(value)) copy[key] = value.map(quoteNull);
    else if ((key === 'anyOf' || key === 'oneOf') && Array.isArray(value))
      copy[key] = value.map((each) => copySchema(each?.type === null ? { ...each, type: 'null' } : each));
    else if (key === 'content' && value === null) copy[key] = copyNamed(mediaTypesIn(map), false);
    else if ((key === 'servers' || key === 'parameters') && Array.isArray(value))
      copy[key] = value
        .filter((each) => isMap(each) && (key !== 'servers' || typeof each.url === 'string'))
        .map(copyMap);
    else if (schemaKeys.includes(key) || (openingKeys.includes(key) && typeof value !== 'boolean')) {
      if (value !== null) copy[key] = copySchema(value);
    } else if (value !== null) set(copy, key, copyValue(value, key));
  }
  return copy;
}

/** YAML reads `null` without quotes as no value. */
function quoteNull(type: unknown): unknown {
  return type === null ? 'null' : type;
}

/** The media types beside an empty `content`, which have too little indentation. */
function mediaTypesIn(map: Map): Map {
  return Object.fromEntries(Object.entries(map).filter(([key]) => key.includes('/')));
}

function isMap(value: unknown): value is Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sets a key, including `__proto__`, whose assignment would change the prototype. */
function set(target: Map, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
}
