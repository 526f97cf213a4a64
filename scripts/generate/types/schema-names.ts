import { isIdentifier, reservedWords } from '../identifiers.ts';

/**
 * The name of the exported type of each schema in `components.schemas`. An identifier stays unchanged; `my-schema`
 * becomes `MySchema`. If the name is taken, by an earlier schema, by an export of the client, by TypeScript or by
 * schema.ts itself, underscores are added.
 */
export function schemaTypeNames(document: object): Map<string, string> {
  const { components } = document as { components?: { schemas?: object } };
  // A step of normalize/ has named these schemas by their pointer.
  const schemas = Object.keys(components?.schemas ?? {}).filter((name) => !name.startsWith('#/'));
  const identifiers = new Set(schemas.filter(isIdentifier));
  const taken = new Set([...reserved, ...publicNames]);
  const names = new Map<string, string>();
  for (const schema of schemas) {
    let name = isIdentifier(schema) ? schema : toIdentifier(schema);
    // A derived name avoids the names of other schemas.
    while (taken.has(name) || (name !== schema && identifiers.has(name))) name += '_';
    taken.add(name);
    names.set(schema, name);
  }
  return names;
}

function toIdentifier(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return words
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
    .replace(/^(?![A-Za-z])/, '_');
}

/** Exports of schema.ts, names that a type cannot have, and names that schema.ts uses. */
const reserved = [
  ...[
    'paths',
    'webhooks',
    'components',
    'operations',
    '$defs',
    'Record',
    'Omit',
    'RecursiveList',
    'Array',
    'Blob',
  ],
  ...[
    'any',
    'bigint',
    'boolean',
    'never',
    'number',
    'object',
    'string',
    'symbol',
    'type',
    'undefined',
    'unknown',
  ],
  ...reservedWords,
];

/**
 * The exports of index.ts and webhooks.ts other than the types of schemas. A schema with such a name gets an
 * underscore, so that the client has the same names for every contract, even if a schema is added later.
 */
export const publicNames: readonly string[] = [
  // Errors
  ...['AbortError', 'ApiClientError', 'ApiKeyError', 'ConnectionError', 'HttpError', 'InvalidInputError'],
  ...['InvalidResponseError', 'OperationError', 'OperationErrors', 'Outcome', 'RedirectError'],
  ...['ResponseTooLargeError', 'TimeoutError', 'isApiClientError', 'isErrorOf'],
  // Calls
  ...[
    'ApiCall',
    'DataWithResponse',
    'ListCall',
    'Result',
    'ServerEvent',
    'StreamCall',
    'readEvents',
    'readLines',
  ],
  // Options
  ...['ApiKey', 'CallEvent', 'CallOptions', 'ClientOptions', 'Credential', 'DerivedOptions', 'Fetch'],
  ...['FetchOptions', 'HeaderOptions', 'Observer', 'ServerVariables', 'serverUrl'],
  // Clients
  ...['Client', 'FetchClient', 'OpenApiFetchClient', 'Transport', 'createClient', 'createFetchClient'],
  'createTransport',
  // Webhooks
  ...['HeaderPrefix', 'SignedTestEvent', 'TestEventOptions', 'UnlistedEvent', 'UnlistedEventType'],
  ...['WebhookError', 'WebhookEvent', 'WebhookEvents', 'WebhookFault', 'WebhookHeaders', 'eventId'],
  ...['signTestEvent', 'unwrap', 'verifyWebhook'],
];
