import { join } from 'node:path';
import { expect, test } from 'vitest';
import { normalize } from '../../scripts/generate/normalize/normalize.ts';
import { emitWebhooks } from '../../scripts/generate/webhooks/emit.ts';
import { loadContract } from '../contract/contract.ts';
import { generateHere } from './features.ts';

test('events without a signature have types, and no verification', async () => {
  const { files, warnings } = await generateHere(join(import.meta.dirname, 'contracts/webhooks-mixed.yaml'));
  expect(files.get('webhooks.ts')).not.toContain('unwrap');
  expect([...files.keys()].filter((name) => name.startsWith('runtime/webhooks'))).toEqual([]);
  expect(warnings.map(({ line, column, message }) => `${line}:${column} ${message}`)).toEqual([
    '21:3 There is no type for the webhook parcel.form: its body is not JSON with a schema.',
    '17:3 The payload of the webhook parcel.held does not name it, so it is not in the union: document parcel.held as a value of kind.',
  ]);
});

test('an event with a copied payload does not affect the types of the others', async () => {
  const contract = structuredClone(await loadContract());
  contract.webhooks['connection.deleted.v2'] = contract.webhooks['connection.created.v2'];
  const { text, warnings } = emitWebhooks(normalize(contract).document);
  expect(text).toContain(
    "'connection.created.v2': ConnectionEvent & { eventType: 'connection.created.v2' };",
  );
  expect(text).toContain("'connection.deleted.v2': ConnectionEvent;");
  expect(text).toContain("WebhookEvents[Exclude<keyof WebhookEvents, 'connection.deleted.v2'>]");
  expect(warnings).toEqual([
    {
      pointer: '#/webhooks/connection.deleted.v2',
      message:
        'The payload of the webhook connection.deleted.v2 does not name it, so it is not in the union: document connection.deleted.v2 as a value of eventType.',
    },
  ]);
});

test('a field that distinguishes only a few events leaves the others in the union', () => {
  const event = (action: string) => ({
    post: {
      requestBody: {
        content: {
          'application/json': {
            schema: { type: 'object', required: ['action'], properties: { action: { enum: [action] } } },
          },
        },
      },
    },
  });
  const webhooks = {
    'star-created': event('created'),
    'label-created': event('created'),
    'star-starred': event('starred'),
  };
  const { text, warnings } = emitWebhooks({ webhooks });
  expect(text).toContain('export type WebhookEvent = WebhookEvents[keyof WebhookEvents] | UnlistedEvent;');
  expect(warnings.map(({ message }) => message)).toEqual([
    "No field of the payloads distinguishes the webhooks: WebhookEvents['NAME'] has the type of each.",
  ]);

  const half = {
    'star-created': event('created'),
    'label-created': event('created'),
    'label-gone': event('gone'),
    'star-gone': event('lost'),
  };
  expect(emitWebhooks({ webhooks: half }).text).toContain(
    'export type WebhookEvent = WebhookEvents[keyof WebhookEvents] | UnlistedEvent;',
  );
});
