import { typingErrors } from './typing-errors.ts';

/** A change of the contract that someone makes by mistake, and what gen should say of it. */
export interface Edit {
  name: string;
  /** What is done to files of spec/: a text is replaced, or the file is written anew, moved or copied. */
  changes: Change[];
  /** The rules of the findings, in their order. */
  rules: string[];
  /** Lines that a person sees. */
  lines: number;
  /** A sentence that they see among them. */
  says: string;
}

export type Change = { file: string } & (
  | { from: string; to: string }
  | { text: string }
  | { moveTo: string }
  | { copyTo: string; from?: string; to?: string }
);

const invitation = 'components/schemas/Invitation.yaml';
const reconnect = 'paths/invitation@connection@{connection_id}.yaml';
const root = 'openapi.yaml';

export const edits: Edit[] = [
  {
    name: 'a typo in a $ref',
    changes: [{ file: invitation, from: 'InvitationStatus.yaml', to: 'InvitationStatu.yaml' }],
    rules: ['no-unresolved-refs'],
    lines: 10,
    says: 'Did you mean InvitationStatus.yaml?',
  },
  {
    name: 'a $ref from the wrong folder',
    changes: [
      { file: reconnect, from: '../components/schemas/Invitation.yaml', to: 'schemas/Invitation.yaml' },
    ],
    rules: ['no-unresolved-refs'],
    lines: 10,
    says: 'Did you mean ../components/schemas/Invitation.yaml?',
  },
  {
    name: 'a typo in the $ref of a path parameter',
    changes: [
      { file: reconnect, from: 'parameters/ConnectionId.yaml', to: 'parameters/ConnectionIdent.yaml' },
    ],
    rules: ['no-unresolved-refs'],
    lines: 9,
    says: 'Did you mean ../components/parameters/ConnectionId.yaml?',
  },
  {
    name: 'a type that does not exist',
    changes: [{ file: invitation, from: 'type: string', to: 'type: strng' }],
    rules: ['struct'],
    lines: 10,
    says: 'Did you mean string?',
  },
  {
    name: 'four lines that are not indented enough',
    changes: [
      {
        file: invitation,
        from: `    type: string
    x-secret: true
    examples: [r4Qm8ZtXw2Lk6Vn0Yc5Hs1Pb]`,
        to: `  type: string
  x-secret: true
  examples: [r4Qm8ZtXw2Lk6Vn0Yc5Hs1Pb]`,
      },
      { file: invitation, from: '    description: Opaque', to: '  description: Opaque' },
    ],
    rules: ['struct'],
    lines: 10,
    says: 'Indent what belongs to `token` by two more spaces.',
  },
  {
    name: 'a $ref that is not indented enough',
    changes: [{ file: invitation, from: '    $ref: InvitationStatus', to: '  $ref: InvitationStatus' }],
    rules: ['struct'],
    lines: 10,
    says: '`status` is empty, and `$ref` stands beside it where nothing like that is expected.',
  },
  {
    name: 'a schema that is renamed, and nothing that refers to it',
    changes: [{ file: invitation, moveTo: 'components/schemas/Invite.yaml' }],
    rules: ['no-unresolved-refs'],
    lines: 11,
    says: 'Did you mean ../components/schemas/Invite.yaml?',
  },
  {
    name: 'a misspelt key',
    changes: [{ file: reconnect, from: '  summary:', to: '  sumary:' }],
    rules: ['struct'],
    lines: 10,
    says: 'Did you mean summary?',
  },
  {
    name: 'nullable, as OpenAPI 3.0 has it',
    changes: [{ file: invitation, from: "type: [string, 'null']", to: 'type: string\n    nullable: true' }],
    rules: ['struct'],
    lines: 10,
    says: "Write type: [string, 'null'] instead, with the type that stands here: OpenAPI 3.1 has no nullable.",
  },
  {
    name: 'a text where a list belongs',
    changes: [
      {
        file: 'paths/ping.yaml',
        from: '  tags: [Service]',
        to: '  tags: Service',
      },
    ],
    rules: ['struct'],
    lines: 10,
    says: 'Write a list: each item on a line of its own, after "- ".',
  },
  {
    name: 'YAML that does not parse',
    changes: [{ file: invitation, from: 'type: object', to: 'type: object: object' }],
    rules: ['syntax'],
    lines: 9,
    says: 'A text that contains a colon and a space stands in quotes',
  },
  {
    name: 'an operation without provenance',
    changes: [
      {
        file: reconnect,
        from: `  x-provenance:
    certainty: stated
    source:
      - /api-reference/v2-0/invitations/create-reconnect-invitation
      - /platform/data-input/invitations
`,
        to: '',
      },
    ],
    rules: ['contract/provenance'],
    lines: 13,
    says: '    x-provenance:\n      certainty: stated # or example, or inferred with a reason\n      source: /path-of-the-page',
  },
  {
    name: 'a misspelt key of the provenance',
    changes: [{ file: invitation, from: '  certainty:', to: '  certanty:' }],
    rules: ['contract/provenance'],
    lines: 10,
    says: 'Did you mean certainty?',
  },
  {
    name: 'a field without a description',
    changes: [{ file: invitation, from: '    description: When the invitation was created.\n', to: '' }],
    rules: ['contract/field-description'],
    lines: 10,
    says: 'Describe the field "createdAt": say what it holds, in sentences.',
  },
  {
    name: 'a field that the schema demands and does not have',
    changes: [{ file: invitation, from: '  useCount:', to: '  useCounts:' }],
    rules: ['no-required-schema-properties-undefined'],
    lines: 10,
    says: "Required property 'useCount' is not defined.",
  },
  {
    name: 'a value in an example that does not fit',
    changes: [
      { file: 'components/examples/ActiveInvitation.yaml', from: 'useCount: 0', to: 'useCount: none' },
    ],
    rules: ['no-invalid-media-type-examples'],
    lines: 10,
    says: '`useCount` property type must be integer',
  },
  {
    name: 'a file that nothing uses',
    changes: [{ file: 'components/schemas/CountryCode.yaml', copyTo: 'components/schemas/Country.yaml' }],
    rules: ['contract/no-unused-files'],
    lines: 8,
    says: 'Nothing uses this file. Refer to it, or remove it.',
  },
  {
    name: 'a path in a file of another name',
    changes: [
      { file: 'paths/ping.yaml', moveTo: 'paths/health.yaml' },
      { file: root, from: 'paths/ping.yaml', to: 'paths/health.yaml' },
    ],
    rules: ['contract/file-names'],
    lines: 10,
    says: 'Write "/ping" in a file with its name, and refer to it: $ref: paths/ping.yaml.',
  },
  {
    name: 'a schema with a name that JavaScript has',
    changes: [
      { file: 'components/schemas/Datasource.yaml', moveTo: 'components/schemas/Date.yaml' },
      { file: 'components/schemas/Connection.yaml', from: 'Datasource.yaml', to: 'Date.yaml' },
      { file: 'components/schemas/ConnectionEvent.yaml', from: 'Datasource.yaml', to: 'Date.yaml' },
    ],
    rules: ['contract/file-names'],
    lines: 11,
    says: 'Give the schema another name than Date',
  },
  {
    name: 'an object that is closed',
    changes: [
      {
        file: 'components/schemas/Company.yaml',
        from: 'type: object\n',
        to: 'type: object\nadditionalProperties: false\n',
      },
    ],
    rules: ['contract/open-objects'],
    lines: 10,
    says: 'Remove additionalProperties: false: the vendor says of no object that it is closed.',
  },
  {
    name: 'an operation that is written from memory',
    changes: [
      {
        file: root,
        from: '\n  /ping:',
        to: '\n  /meter/{meter_id}:\n    $ref: paths/meter@{meter_id}.yaml\n  /ping:',
      },
      {
        file: 'paths/meter@{meter_id}.yaml',
        text: `parameters:
  - name: meter_id
    in: path
    required: true
    schema: { type: string, format: uuid }
get:
  operationId: getMeter
  summary: Get a meter
  tags: [Service]
  responses:
    '200':
      description: The meter.
      content:
        application/json:
          schema: { type: object, properties: { id: { type: string } } }
`,
      },
    ],
    rules: [
      'parameter-description',
      'contract/provenance',
      'operation-description',
      'contract/common-errors',
      'contract/provenance',
      'contract/named-examples',
      'contract/field-description',
      'scalar-property-missing-example',
    ],
    lines: 55,
    says: "Add the responses that every operation can have: '401': { $ref: ../components/responses/Unauthorized.yaml },",
  },
  {
    name: 'an event that is copied from another',
    changes: [
      {
        file: 'webhooks/connection.created.v2.yaml',
        copyTo: 'webhooks/connection.deleted.v2.yaml',
        from: 'onConnectionCreated',
        to: 'onConnectionDeleted',
      },
      {
        file: root,
        from: '\nwebhooks:\n',
        to: '\nwebhooks:\n  connection.deleted.v2:\n    $ref: webhooks/connection.deleted.v2.yaml\n',
      },
    ],
    rules: ['contract/named-events'],
    lines: 10,
    says: 'Name connection.deleted.v2 in its payload: document it as a value of the field that says which event it is, such as eventType.',
  },
  {
    name: 'a field that is renamed in a schema, and in none of its examples',
    changes: [{ file: 'components/schemas/ErrorDetail.yaml', from: '  detail:', to: '  details:' }],
    rules: ['no-required-schema-properties-undefined'],
    lines: 10,
    says: "Required property 'detail' is not defined.",
  },
  ...typingErrors,
];
