import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { compile } from './compile.ts';
import { generateHere } from './features.ts';

/** What the compiler has to say about a consumer of the types that gen makes of a contract. */
async function compileConsumer(contract: string, consumer: string): Promise<string[]> {
  const { files } = await generateHere(join(import.meta.dirname, 'contracts', `${contract}.yaml`));
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-types-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  writeFileSync(join(folder, 'consumer.ts'), consumer);
  return compile([join(folder, 'consumer.ts')]);
}

test('an undocumented value is valid for an open enum, and only for an open one', async () => {
  const consumer = `
    import { colorValues, statusValues } from './index.ts';
    import type { Parcel, Status } from './schema.ts';
    export const unheard: Status = 'STOLEN';
    export const parcel: Parcel = { status: 'SENT', history: ['ON_THE_WAY'], previous: null, closed: 'YES' };
    export const others: Parcel = { ...parcel, size: 'XL', color: null, depot: 'south', number: 1 };
    // @ts-expect-error: two closed lists.
    export const blank: Parcel['blank'] = 'L';
    // @ts-expect-error: its values are a closed list.
    export const wrong: Parcel['closed'] = 'PERHAPS';
    // @ts-expect-error: open to other strings, but not to numbers.
    export const number: Status = 1;
    // The documented values are still there to be completed by an editor: string alone would have swallowed them.
    type Known<Each> = Each extends unknown ? (string extends Each ? never : Each) : never;
    export const known: Known<Status>[] = ['SENT', 'LOST'];
    export const statuses: readonly ['SENT', 'LOST'] = statusValues;
    export const colors: 'red' = colorValues[0];
    export const sizes: [Known<Parcel['size']>, Known<Parcel['color']>, Known<Parcel['depot']>] = ['S', 'red', 'north'];
  `;
  expect(await compileConsumer('open-enum', consumer)).toEqual([]);
});

test('a schema can be imported by a name that TypeScript accepts', async () => {
  const consumer = `
    import type { Parcel, ParcelLabel, ParcelLabel_, _3dModel, class_, paths_, string_ } from './schema.ts';
    export const names: [Parcel, ParcelLabel, ParcelLabel_, _3dModel, class_, paths_, string_] = ['', 1, '', '', '', '', ''];
  `;
  expect(await compileConsumer('names', consumer)).toEqual([]);
});

test('a field with a default is optional', async () => {
  const consumer = `
    import type { Parcel } from './schema.ts';
    export const parcel: Parcel = { weight: 2 };
  `;
  expect(await compileConsumer('defaults', consumer)).toEqual([]);
});

test('an event is distinguished by the field whose documented values include its name', async () => {
  const consumer = `
    import type { WebhookEvent } from './webhooks.ts';
    export function weigh(event: WebhookEvent): number | string | undefined {
      switch (event.type) {
        case 'parcel.sent': return event.weight;
        case 'parcel lost': return event.where;
        case 'parcel.found': return event.type;
        // @ts-expect-error: the contract has no event of this name.
        case 'parcel.held': return event.weight;
        default: return String(event.type);
      }
    }
  `;
  expect(await compileConsumer('webhooks', consumer)).toEqual([]);
});

test('events are distinguished by a field with different values, and the others have a type by their name', async () => {
  const consumer = `
    import type { WebhookEvent, WebhookEvents } from './webhooks.ts';
    export function tell(event: WebhookEvent): string | number | undefined {
      switch (event.kind) {
        case 'SENT': return event.weight;
        case 'LOST': return event.where;
        // @ts-expect-error: no event has this value.
        case 'HELD': return '';
        default: return String(event.kind);
      }
    }
    export const until = (held: WebhookEvents['parcel.held']): string | undefined => held.until;
  `;
  expect(await compileConsumer('webhooks-mixed', consumer)).toEqual([]);
});

test('if no field distinguishes them, the payload can be any of them', async () => {
  const consumer = `
    import type { WebhookEvent, WebhookEvents } from './webhooks.ts';
    export const named: WebhookEvents['parcel'] = { type: 'parcel' };
    export const other: WebhookEvent = { size: 1 };
  `;
  expect(await compileConsumer('webhooks-unnamed', consumer)).toEqual([]);
});

test('a schema can be a list of itself', async () => {
  const consumer = `
    import { createClient } from './client.ts';
    import type { Json, Nest, RecursiveList_ } from './schema.ts';
    export const json: Json = [1, ['a', { b: [null, true] }]];
    export const nest: Nest = [[], null, [[]]];
    export const named: RecursiveList_ = ['a'];
    export const response: Promise<Json> = createClient({ apiKey: '' }).putJson(json);
    // @ts-expect-error: no JSON.
    export const symbol: Json = [['a', [Symbol()]]];
  `;
  expect(await compileConsumer('recursive', consumer)).toEqual([]);
});
