import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { compile } from './compile.ts';
import { FeatureClients } from './features.ts';

/** What a caller may write, and what not, with the client of each contract in contracts/features/. */
const consumers: Record<string, string> = {
  headers: `
    client.getParcel(7, { headers: { 'X-Tenant': 'a', 'X-Depth': 2, 'X-Fields': ['id'], further: 'b' }, timeout: 1 });
    client.listParcels({ headers: { 'If-None-Match': 'etag' } });
    client.listParcels({ timeout: 1 });
    // @ts-expect-error: the header X-Tenant is required.
    client.getParcel(7);
    // @ts-expect-error: and so it is in what headers there are.
    client.getParcel(7, { headers: { 'X-Depth': 2 } });
    // @ts-expect-error: it is a string.
    client.getParcel(7, { headers: { 'X-Tenant': 1 } });
    // @ts-expect-error: a path parameter has the type of its schema.
    client.getParcel('7', { headers: { 'X-Tenant': 'a' } });
    client.createParcel(undefined, { headers: { 'X-Tenant': 'a' } });
  `,
  parameters: `
    client.findByJson({ city: 'Ems' }, { where: { floor: 1 } }, { headers: { 'X-Where': { floor: 2 } } });
    // @ts-expect-error: JSON is written by the client, not by its caller.
    client.findByJson('{"city":"Ems"}');
    // @ts-expect-error: a floor is a number.
    client.findByJson({ city: 'Ems' }, { where: { floor: '1' } });
    client.findByMatrix('a', ['b'], ['c'], { floor: 1 }, { city: 'Ems' });
  `,
  streams: `
    export async function ids(): Promise<number[]> {
      const all: number[] = [];
      for await (const { data, event } of client.watchParcels()) all.push(data.id, event.length);
      for await (const { id } of client.exportParcels()) all.push(id);
      for await (const { data } of client.watchItems()) all.push(data.id);
      for await (const { data } of client.watchNotes()) all.push(data.length);
      for await (const { data } of client.describeLabelStream({ text: 'a', stream: true })) all.push(data.delta.length);
      all.push((await client.describeLabel({ text: 'a' })).text.length);
      // @ts-expect-error: a stream has no data to wait for.
      await client.watchParcels().withResponse();
      return all;
    }
  `,
  cookies: `
    client.getSession({ cookies: { session: 'a', tags: ['b'] } });
    client.getSession({ cookies: { session: 'a' }, headers: { 'X-Depth': 1 }, timeout: 1 });
    // @ts-expect-error: the session is required.
    client.getSession({ cookies: {} });
    // @ts-expect-error: and so are the cookies.
    client.getSession();
    client.getTheme();
    client.getTheme({ timeout: 1 });
    // @ts-expect-error: the theme is a string.
    client.getTheme({ cookies: { theme: 1 } });
  `,
  wire: `
    client.addAll([{ id: 'a' }]);
    client.addAll('{"id":"a"}');
    // @ts-expect-error: each line has an id.
    client.addAll([{}]);
    client.addNote({ text: 'a' });
    client.addNote('a,b');
    export async function texts(): Promise<string[]> {
      const all: string[] = [];
      for await (const { id } of client.addSequence([{ id: 'a' }])) all.push(id);
      const result = await client.addNote('a').result();
      if (!result.ok && result.error.status === 409) all.push(result.error.body?.trim() ?? '');
      return all;
    }
  `,
  'openapi-3.2': `
    export const count = async (): Promise<number> => (await client.searchParcels('north', { text: 'wet' })).count;
    // @ts-expect-error: the text is required.
    client.searchParcels('north', {});
  `,
  lists: `
    export async function ids(): Promise<string[]> {
      const all: string[] = [];
      for await (const { id } of client.listByPage()) all.push(id);
      for await (const { id } of client.listByOffset({ depot: 'north' })) all.push(id);
      for await (const { id } of client.listByHeader()) all.push(id);
      for await (const page of client.listByCursor().pages()) all.push(page.parcels[0]?.id ?? '');
      return all;
    }
  `,
  redirects: `
    export const label: Promise<string> = client.findLabel('7');
  `,
  credentials: `
    createClient({ credentials: { clientId: 'id', secret: async () => 'hidden' } });
    createClient({ credentials: { password: { username: 'dana', password: 'right' } } });
    // @ts-expect-error: no scheme has this name.
    createClient({ credentials: { clientID: 'id' } });
  `,
  'server-variables': `
    createClient({ apiKey: 'any', baseUrl: serverUrl({ region: 'us', 'tenant-id': 'dana' }) });
    // @ts-expect-error: a closed list.
    serverUrl({ region: 'moon' });
  `,
  query: `
    client.listParcels({ depot: 'north', ids: [1], tags: ['a'], 'size[]': null });
    // @ts-expect-error: the depot is required.
    client.listParcels();
    // @ts-expect-error: an array is given as one, however it is written.
    client.listParcels({ depot: 'north', ids: '1,2' });
  `,
  styles: `
    client.findParcels(['a'], { commas: ['a'], sent: { gte: '2026' } });
    // @ts-expect-error: a list of strings.
    client.findParcels('a');
    // @ts-expect-error: a number is not a string.
    client.findParcels(['a'], { sent: { gte: 1 } });
  `,
  'media-types': `
    export const note: Promise<string> = client.getNote();
    export const photo: Promise<Blob> = client.getPhoto();
    export const weight = async (): Promise<number | undefined> => (await client.getParcel()).weight;
    client.putPhoto(new Blob([]));
    client.putPhoto(new Uint8Array());
    // @ts-expect-error: bytes are not text.
    client.putPhoto('bytes');
  `,
  forms: `
    client.createClaim({ title: 'Wet', photos: [new File([], 'a.png')], invoice: new Blob([]) });
    // @ts-expect-error: a file is not a string.
    client.createClaim({ title: 'Wet', photos: ['a.png'] });
    client.createMessage({ text: 'wet' });
    client.createMessage(new FormData());
    client.createMessage(new URLSearchParams());
    // @ts-expect-error: the text is required.
    client.createMessage({});
    client.createToken({ grant_type: 'client_credentials', scope: ['read'] });
    // @ts-expect-error: a closed list.
    client.createToken({ grant_type: 'password' });
  `,
  responses: `
    export async function read(): Promise<string[] | string | undefined> {
      const jobs = await client.getJobs();
      return Array.isArray(jobs) ? jobs : jobs?.id;
    }
    export async function reasons(): Promise<unknown> {
      const result = await client.getJobs().result();
      if (result.ok) return;
      if (result.error.status === 404) return result.error.body?.what;
      if (result.error.status === 409) return result.error.body?.reason;
      // @ts-expect-error: no range contains it, and the default is not JSON.
      if (result.error.status === 503) return result.error.body?.reason;
    }
    export const nothing: Promise<unknown> = client.dropJobs();
  `,
  shapes: `
    client.createUser({ name: 'Dana', password: 'x', nickname: null });
    export const id = async (): Promise<string> => (await client.createUser({ name: '', password: '' })).id;
    // @ts-expect-error: responses do not hold what is writeOnly.
    export const password = async () => (await client.createUser({ name: '', password: '' })).password;
    // @ts-expect-error: the password is required.
    client.createUser({ name: 'Dana' });
    client.createAnimal({ kind: 'cat', lives: 9 });
    // @ts-expect-error: a cat has no tricks.
    client.createAnimal({ kind: 'cat', tricks: [] });
    export async function read(): Promise<number | undefined> {
      const animal = await client.createAnimal({ kind: 'dog', tricks: [] });
      return animal.kind === 'cat' ? animal.lives : animal.tricks.length;
    }
    export const leaf = async () => (await client.getTree()).children[0]?.children[0]?.name.length;
    export const text = async (): Promise<string | undefined> => (await client.getNickname())?.text;
  `,
  nullable: `
    export const text = async (): Promise<string | null | undefined> => (await client.getNickname())?.text;
    // @ts-expect-error: it can be null.
    export const surely = async () => (await client.getNickname()).text;
  `,
  references: `
    client.putParcel('first', { weight: 1 });
    // @ts-expect-error: a closed list.
    client.putParcel('second', { weight: 1 });
    export async function reason(): Promise<string | undefined> {
      const result = await client.putParcel('first', { weight: 1 }).result();
      return result.ok || result.error.status !== 404 ? undefined : result.error.body?.reason;
    }
  `,
};

test('every client compiles, accepts valid input and refuses the rest', async () => {
  const clients = new FeatureClients();
  onTestFinished(() => clients.remove());
  await clients.write();
  const files = clients.names.flatMap((name) => {
    const file = join(clients.folder, name, 'consumer.ts');
    const consumer = consumers[name] ?? '';
    writeFileSync(
      file,
      `import { createClient${name === 'server-variables' ? ', serverUrl' : ''} } from './client.ts';\nconst client = createClient({ apiKey: 'any' });\n${consumer}`,
    );
    return name === 'references' ? [file, join(clients.folder, name, 'webhooks.ts')] : [file];
  });
  expect(compile(files)).toEqual([]);
});
