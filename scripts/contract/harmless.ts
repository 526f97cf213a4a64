import type { Finding } from '../cli/finding.ts';

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
const neededFields = /The field `(name|in|\$ref)` must be present/;

/** Fields that code is generated from, and that can be missing because of an unknown key. */
const misspeltFields = /and `(name|in|\$ref|paths|responses|schema|content)` is missing/;

/**
 * Whether the generated code is correct in spite of an invalid structure: the generator ignores that place, or the
 * invalid value has only one possible meaning.
 */
export function isHarmless({ rule, severity, message, pointer, others }: Finding): boolean {
  if (rule === 'syntax') return severity === 'warning';
  return [{ pointer }, ...others].every((place) => isHarmlessAt(rule, message, place.pointer ?? ''));
}

function isHarmlessAt(rule: string, message: string, pointer: string): boolean {
  const keys = pointer.split('/').slice(1);
  const unused = keys.some((key, index) => isUnused(key, keys[index - 1]));
  if (rule === 'no-unresolved-refs' || rule === 'bundler')
    // A missing schema becomes `unknown`. A `$ref` that may not be read is not harmless: its schema exists.
    return unused || (message.includes('target does not exist') && /\/schemas?\b/.test(pointer));
  if (rule !== 'struct') return false;
  if (message.includes('`$ref`') && / (is|are) not expected here/.test(message)) return unused;
  return (
    unused ||
    (/^(Property )?`.* (is|are) not expected here/.test(message) && !misspeltFields.test(message)) ||
    (/must be present/.test(message) && !neededFields.test(message)) ||
    // What is not a schema has an unknown type; true and false are schemas.
    /but got `null`|^Expected type `Schema` /.test(message) ||
    // The same if there is none.
    message === 'Must contain at least one of the following fields: schema, content.' ||
    // Media types with too little indentation.
    /^`content` is empty, and (`[\w.+-]+\/[^`]+`(, | and \d+ more)?)+ stands? beside it/.test(message) ||
    // A single schema instead of a list of schemas.
    /^Expected type `(AllOf|AnyOf|OneOf)` \(array\) but got `object`/.test(message) ||
    (/but got `boolean`/.test(message) && keys.at(-1) === 'required') ||
    // Fields of a parameter at a header.
    /^The field `(in|name)` is not allowed here/.test(message) ||
    /`type` can be one of the following only/.test(message)
  );
}

/** A property may be called `title`, and a path or a component `example`. */
function isUnused(key: string, parent: string | undefined): boolean {
  if (key.startsWith('x-')) return true;
  return (
    unusedKeys.includes(key) &&
    !['properties', 'patternProperties', '$defs', 'schemas', 'parameters'].includes(parent ?? '')
  );
}
