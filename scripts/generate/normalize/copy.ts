/** Keys whose values are data and not part of the contract. */
const literals = new Set(['example', 'examples', 'default', 'enum', 'const', 'value', 'mapping', 'security']);

/** Keys whose values are maps: the keys in these are names, not keywords. */
export const namedMaps = new Set([
  ...['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions', 'schemas', 'paths'],
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

/** Keys of texts that become comments. */
const texts = new Set(['title', 'summary', 'description', 'operationId', 'name', 'pattern', 'format']);

/**
 * A copy of a document for the following steps to change. Where OpenAPI requires an object or a text, authors write
 * null for "none": such a key is removed, and a property that is null has any type.
 */
export function copyDocument(document: object): object {
  return copyMap(document as Record<string, unknown>, false) as object;
}

function copyValue(value: unknown, namesWithin: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => copyValue(each, false));
  if (typeof value === 'object' && value !== null)
    return copyMap(value as Record<string, unknown>, namesWithin);
  return value;
}

function copyMap(map: Record<string, unknown>, areNames: boolean): object {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(map)) {
    if (areNames) set(copy, key, value === null ? {} : copyValue(value, false));
    else if (literals.has(key) || key.startsWith('x-')) set(copy, key, value);
    else if (texts.has(key) && typeof value !== 'string') {
      if (typeof value === 'number' || typeof value === 'boolean') copy[key] = String(value);
    } else if (value !== null) set(copy, key, copyValue(value, namedMaps.has(key)));
  }
  return copy;
}

/** Sets a key, including `__proto__`, whose assignment would change the prototype. */
function set(target: object, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else (target as Record<string, unknown>)[key] = value;
}
