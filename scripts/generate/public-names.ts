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
