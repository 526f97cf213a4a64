/** Keys whose value is data, which code must not take for a part of the contract. */
const literals = new Set(['example', 'examples', 'default', 'enum', 'const', 'value', 'mapping', 'security']);

/** Keys whose value is a map: its own keys are names, whatever they spell. */
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

/** Keys of a text that ends up in a comment. */
const texts = new Set(['title', 'summary', 'description', 'operationId', 'name', 'pattern', 'format']);

/**
 * A copy of a document that the steps after it may change. Where OpenAPI wants an object or a text, authors write null
 * for "none": such a key is left out, and a property that is null is one of any type.
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

/** An assignment would take `__proto__` for the prototype. */
function set(target: object, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else (target as Record<string, unknown>)[key] = value;
}
