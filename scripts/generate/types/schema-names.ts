import { isIdentifier, reservedWords } from '../identifiers.ts';

/**
 * The exported type of each schema in `components.schemas`, by the schema's name. A name that is an identifier stays
 * as it is; `my-schema` becomes `MySchema`. When that is taken, by the schemas before it, by what the client exports or
 * by a name that TypeScript or schema.ts itself uses, an underscore is added until it is free.
 */
export function schemaTypeNames(document: object): Map<string, string> {
  const { components } = document as { components?: { schemas?: object } };
  // What starts so was named by a step of normalize/ after its place.
  const schemas = Object.keys(components?.schemas ?? {}).filter((name) => !name.startsWith('#/'));
  const identifiers = new Set(schemas.filter(isIdentifier));
  const taken = new Set([...reserved, ...publicNames]);
  const names = new Map<string, string>();
  for (const schema of schemas) {
    let name = isIdentifier(schema) ? schema : toIdentifier(schema);
    // A derived name gives way to a schema that bears it.
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

/** Exports of schema.ts, names that no type may have, and those that its own text refers to. */
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
 * What index.ts and webhooks.ts export beside the types of schemas. The schema gives way, with an underscore, so that the
 * client has the same names for every contract, and a schema that a contract gets later takes none of them away.
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
