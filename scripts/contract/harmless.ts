import type { ContractFinding, Fault } from './fault.ts';

/** Keys that are ignored by the generator, with everything below them. */
const unusedKeys = [
  ...[
    'example',
    'examples',
    'externalValue',
    'default',
    'externalDocs',
    'tags',
    'contact',
    'license',
    'links',
    'xml',
    'mapping',
  ],
  ...[
    'description',
    'summary',
    'title',
    'termsOfService',
    'deprecated',
    'allowEmptyValue',
    'pattern',
    'format',
  ],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'if', 'then', 'else', 'not'],
  ...[
    'info',
    'jsonSchemaDialect',
    '$schema',
    '$comment',
    'contains',
    'flows',
    'openIdConnectUrl',
    'bearerFormat',
  ],
];

/** Fields without which no code can be generated. */
const neededFields = ['name', 'in', '$ref'];

/** Fields that code is generated from, and that can be missing because of an unknown key. */
const misspeltFields = [...neededFields, 'paths', 'responses', 'schema', 'content'];

/**
 * Whether the generated code is correct in spite of an invalid structure: the generator ignores that place, or the
 * invalid value has only one possible meaning.
 */
export function isHarmless({ rule, severity, fault, pointer, others }: ContractFinding): boolean {
  if (rule === 'syntax') return severity === 'warning';
  return [{ pointer }, ...others].every((place) => isHarmlessAt(rule, fault, place.pointer ?? ''));
}

function isHarmlessAt(rule: string, fault: Fault | undefined, pointer: string): boolean {
  const keys = pointer.split('/').slice(1);
  const unused = keys.some((key, index) => isUnused(key, keys[index - 1]));
  if (rule === 'no-unresolved-refs' || rule === 'bundler')
    // A missing schema becomes `unknown`. A `$ref` that may not be read is not harmless: its schema exists.
    return unused || (fault?.code === 'no-target' && /\/schemas?\b/.test(pointer));
  if (rule !== 'struct') return false;
  if (fault?.code === 'unexpected' && fault.keys.includes('$ref')) return unused;
  return unused || (fault !== undefined && hasOneMeaning(fault, keys.at(-1)));
}

/** @param key the last key of the place */
function hasOneMeaning(fault: Fault, key: string | undefined): boolean {
  switch (fault.code) {
    case 'unexpected':
      return fault.missing === undefined || !misspeltFields.includes(fault.missing);
    case 'missing':
      return !neededFields.includes(fault.field);
    case 'none-of':
      // The same if there is none.
      return fault.fields.join() === 'schema,content';
    case 'type':
      return (
        // What is not a schema has an unknown type; true and false are schemas.
        fault.got === 'null' ||
        fault.type === 'Schema' ||
        // A single schema instead of a list of schemas.
        (['AllOf', 'AnyOf', 'OneOf'].includes(fault.type) && fault.got === 'object') ||
        (fault.got === 'boolean' && key === 'required')
      );
    case 'outdented':
      // Media types with too little indentation.
      return fault.key === 'content' && fault.beside.every((each) => each.includes('/'));
    case 'not-allowed':
      // Of a security scheme of another type.
      return fault.field === 'in' || fault.field === 'name';
    default:
      return fault.code === 'value' && fault.field === 'type';
  }
}

/** A property may be called `title`, and a path or a component `example`. */
function isUnused(key: string, parent: string | undefined): boolean {
  if (key.startsWith('x-')) return true;
  return (
    unusedKeys.includes(key) &&
    !['properties', 'patternProperties', '$defs', 'schemas', 'parameters'].includes(parent ?? '')
  );
}
