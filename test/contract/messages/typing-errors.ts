import type { Edit } from './edits.ts';

/** Names that are there twice, or that mean another one. */
export const typingErrors: Edit[] = [
  {
    name: 'an operationId that another operation has',
    changes: [
      {
        file: 'paths/invitation@{invitation_id}.yaml',
        from: 'operationId: getInvitation',
        to: 'operationId: getConnection',
      },
    ],
    rules: ['operation-operationId-unique'],
    lines: 11,
    says: 'The same at spec/paths/connection@{connection_id}@details.yaml:4:16.',
  },
  {
    name: 'an operationId that another operation has, beside a $ref to no file',
    changes: [
      {
        file: 'paths/invitation@{invitation_id}.yaml',
        from: 'operationId: getInvitation',
        to: 'operationId: getConnection',
      },
      { file: 'components/schemas/Invitation.yaml', from: 'InvitationStatus.yaml', to: 'Nothing.yaml' },
    ],
    rules: ['no-unresolved-refs', 'operation-operationId-unique'],
    lines: 20,
    says: 'The same at spec/paths/connection@{connection_id}@details.yaml:4:16.',
  },
  {
    name: 'a key that is there twice',
    changes: [{ file: 'paths/ping.yaml', from: 'get:\n', to: 'get:\n  summary: Check the key\n' }],
    rules: ['syntax'],
    lines: 11,
    says: 'The same at spec/paths/ping.yaml:2:3.',
  },
  {
    name: 'the name of a type in another language',
    changes: [
      { file: 'components/schemas/CreateReconnectInvitationRequest.yaml', from: 'integer', to: 'int' },
    ],
    rules: ['struct'],
    lines: 10,
    says: 'Did you mean integer?',
  },
  {
    name: 'a type that is empty',
    changes: [
      {
        file: 'components/schemas/CreateReconnectInvitationRequest.yaml',
        from: 'type: integer',
        to: "type: ''",
      },
    ],
    rules: ['struct'],
    lines: 10,
    says: "Write one of these; null stands in quotes: 'null'.",
  },
  {
    name: 'a typo in a format',
    changes: [{ file: 'components/schemas/Connection.yaml', from: 'format: uuid', to: 'format: uid' }],
    rules: ['rule/known-format'],
    lines: 10,
    says: 'such as uuid',
  },
  {
    name: 'a typo in a tag',
    changes: [{ file: 'paths/ping.yaml', from: '[Service]', to: '[Servce]' }],
    rules: ['operation-tag-defined'],
    lines: 10,
    says: 'Did you mean Service?',
  },
];
