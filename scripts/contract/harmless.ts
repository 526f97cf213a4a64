import type { Finding } from '../cli/finding.ts';

/** Keys from which no code is generated, nor from anything below them. */
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

/** Fields that an unknown key stands in the place of, and from which code is generated. */
const misspeltFields = /and `(name|in|\$ref|paths|responses|schema|content)` is missing/;

/**
 * Whether code comes out right in spite of a fault in the structure of a contract: it stands where no code looks, or
 * what is wrong is read as what it can only mean.
 */
export function isHarmless({ rule, message, pointer, others }: Finding): boolean {
  return [{ pointer }, ...others].every((place) => isHarmlessAt(rule, message, place.pointer ?? ''));
}

function isHarmlessAt(rule: string, message: string, pointer: string): boolean {
  const keys = pointer.split('/').slice(1);
  const unused = keys.some((key, index) => isUnused(key, keys[index - 1]));
  if (rule === 'no-unresolved-refs' || rule === 'bundler')
    // A schema that the document does not have may be any. One that may not be read is not told from what it hides.
    return unused || (message.includes('nothing at that place') && /\/schemas?\b/.test(pointer));
  if (rule !== 'struct') return false;
  if (/`\$ref`.* (is|are) not expected here/.test(message)) return unused;
  return (
    unused ||
    (/^(Property )?`.* (is|are) not expected here/.test(message) && !misspeltFields.test(message)) ||
    (/must be present/.test(message) && !neededFields.test(message)) ||
    // A schema can be true or false, in lists of schemas as well.
    /but got `null`|^Expected type `Schema`.* but got `boolean`/.test(message) ||
    // One schema where a list of them belongs.
    /^Expected type `(AllOf|AnyOf|OneOf)` \(array\) but got `object`/.test(message) ||
    (/but got `boolean`/.test(message) && keys.at(-1) === 'required') ||
    // What a parameter has is written at a header, too.
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
