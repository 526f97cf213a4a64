/**
 * What someone does to the contract: what each place becomes, its keys separated by blanks, or undefined where it goes
 * away. Then the verdict on each change that follows: the bump, who it affects.
 */
export type Edit = [name: string, edit: Record<string, unknown>, verdicts: string[]];

const list = 'paths /connection/company/{company_id} get';
const reconnect = 'paths /invitation/connection/{connection_id} post';
const request = 'components schemas CreateReconnectInvitationRequest';
const status = 'components schemas InvitationStatus';
const added = { type: 'string' };

export const edits: Edit[] = [
  ['nothing', {}, []],

  // Operations.
  ['an operation is removed', { 'paths /invitation/company/{company_id} post': undefined }, ['major both']],
  ['an operation is called otherwise', { [`${reconnect} operationId`]: 'invite' }, ['major both']],
  ['an operation is deprecated', { [`${reconnect} deprecated`]: true }, ['minor both']],
  ['an operation needs no key any more', { [`${reconnect} security`]: [] }, ['minor callers']],
  ['a summary is reworded', { [`${reconnect} summary`]: 'Invite' }, ['patch nobody']],
  ['a description is reworded', { [`${reconnect} description`]: 'Invites.' }, ['patch nobody']],
  ['an operation gets another tag', { [`${reconnect} tags`]: ['Service'] }, ['patch nobody']],
  ['the source of a fact is corrected', { [`${reconnect} x-provenance source`]: '/other' }, ['patch nobody']],
  ['an operation can now be repeated', { [`${reconnect} x-idempotent`]: true }, ['minor callers']],
  [
    'an operation can no longer be repeated',
    { 'paths /invitation/{invitation_id}/revoke post x-idempotent': undefined },
    ['minor callers'],
  ],
  ['a list has no pages any more', { [`${list} x-pagination`]: undefined }, ['major readers']],
  ['a list ends otherwise', { [`${list} x-pagination hasNext`]: 'more' }, ['major readers']],

  // Requests.
  [
    'a parameter is added',
    { [`${list} parameters 5`]: { name: 'q', in: 'query', schema: added } },
    ['minor callers'],
  ],
  [
    'a required parameter is added',
    { [`${list} parameters 5`]: { name: 'q', in: 'query', required: true, schema: added } },
    ['major callers'],
  ],
  ['a parameter is removed', { [`${list} parameters 4`]: undefined }, ['major callers']],
  ['a parameter becomes required', { 'components parameters Page required': true }, ['major callers']],
  [
    'a parameter takes another type',
    { 'components parameters Page schema type': 'string' },
    ['major callers'],
  ],
  ['a bound is lowered', { 'components parameters Limit schema maximum': 99 }, ['major callers']],
  ['a bound is raised', { 'components parameters Limit schema maximum': 999 }, ['minor callers']],
  ['a bound is dropped', { 'components parameters Limit schema maximum': undefined }, ['minor callers']],
  ['a default changes', { 'components parameters Limit schema default': 50 }, ['minor callers']],
  [
    'a parameter is explained otherwise',
    { 'components parameters Limit description': 'x' },
    ['patch nobody'],
  ],
  ['a request field is added', { [`${request} properties note`]: added }, ['minor callers']],
  [
    'a required request field is added',
    { [`${request} properties note`]: added, [`${request} required`]: ['note'] },
    ['major callers', 'minor callers'],
  ],
  ['a request field is removed', { [`${request} properties maxUses`]: undefined }, ['major callers']],
  ['a request field becomes required', { [`${request} required`]: ['maxUses'] }, ['major callers']],
  [
    'a request field takes another type',
    { [`${request} properties sendEmail type`]: 'string' },
    ['major callers'],
  ],
  ['a request field gets a bound', { [`${request} properties maxUses maximum`]: 9 }, ['major callers']],
  ['an example of a field changes', { [`${request} properties maxUses examples`]: [5] }, ['patch nobody']],
  ['the body becomes required', { [`${reconnect} requestBody required`]: true }, ['major callers']],
  ['unknown fields are refused', { [`${request} additionalProperties`]: false }, ['major callers']],

  [
    'a request field may be null, by oneOf',
    {
      [`${request} properties maxUses`]: {
        description: 'How many times the invitation can be used. Typically 1 for a reconnect invitation.',
        oneOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }],
        examples: [1],
      },
    },
    ['minor callers'],
  ],
  [
    'a reference is wrapped in allOf',
    {
      'components schemas Invitation properties status': {
        allOf: [{ $ref: '#/components/schemas/InvitationStatus' }],
      },
    },
    ['patch nobody'],
  ],
  [
    'a field is moved into allOf',
    {
      'components schemas Invitation allOf': [
        { type: 'object', properties: { useCount: { type: 'integer' } } },
      ],
      'components schemas Invitation properties useCount': undefined,
    },
    ['patch nobody'],
  ],
  [
    'a response field is renamed',
    {
      'components schemas Invitation properties uses': {
        description: 'How many times the invitation has been used so far.',
        type: 'integer',
        examples: [0],
      },
      'components schemas Invitation properties useCount': undefined,
      'components schemas Invitation required 10': 'uses',
    },
    ['major readers'],
  ],
  [
    'a response field gets a format',
    { 'components schemas Invitation properties invitationUrl format': 'uri' },
    ['minor readers'],
  ],

  // Responses and events.
  [
    'a response field is added',
    { 'components schemas Invitation properties note': added },
    ['minor readers'],
  ],
  [
    'a response field is removed',
    { 'components schemas Connection properties updated': undefined },
    ['major readers'],
  ],
  [
    'a response field may be missing',
    { 'components schemas Invitation required 0': undefined },
    ['major readers'],
  ],
  [
    'a response field may be null',
    { 'components schemas Invitation properties useCount type': ['integer', 'null'] },
    ['major readers'],
  ],
  [
    'a response field is never null',
    { 'components schemas Invitation properties maxUses type': 'integer' },
    ['minor readers'],
  ],
  [
    'a response field takes another type',
    { 'components schemas Invitation properties useCount type': 'string' },
    ['major readers'],
  ],
  ['an open enum gains a value', { [`${status} x-enumDescriptions LOST`]: 'Gone.' }, ['minor readers']],
  ['an open enum loses a value', { [`${status} x-enumDescriptions REVOKED`]: undefined }, ['minor readers']],
  ['a value is explained otherwise', { [`${status} x-enumDescriptions REVOKED`]: 'Over.' }, ['patch nobody']],
  ['an open enum is closed', { [`${status} enum`]: ['ACTIVE'] }, ['minor readers']],
  ['a status of success is removed', { [`${reconnect} responses 201`]: undefined }, ['major readers']],
  [
    'a status of failure is added',
    { [`${reconnect} responses 409`]: { description: 'No.' } },
    ['minor readers'],
  ],
  ['a status of failure is removed', { [`${reconnect} responses 404`]: undefined }, ['major readers']],
  [
    'a header of a response is removed',
    { 'components responses TooManyRequests headers': undefined },
    ['major readers'],
  ],
  [
    'a named example is added',
    { [`${reconnect} requestBody content application/json examples other`]: { value: {} } },
    ['patch nobody'],
  ],
  [
    'an event field is removed',
    { 'components schemas ConnectionEvent properties country': undefined },
    ['major readers'],
  ],
  [
    'an event field is added',
    { 'components schemas ConnectionEvent properties note': added },
    ['minor readers'],
  ],
  [
    'an event field is always there',
    { 'components schemas ConnectionEvent required 2': 'country' },
    ['minor readers'],
  ],
  ['an event field may be missing', { 'components schemas ConnectionEvent required': [] }, ['major readers']],
];
