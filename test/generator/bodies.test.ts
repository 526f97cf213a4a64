import { expect, test } from 'vitest';
import { useFeatures } from './feature-server.ts';

const { server, open, openFetch } = useFeatures([
  'forms',
  'media-types',
  'nullable',
  'responses',
  'shapes',
  'styles',
]);

test('JSON is sent, requested and read under its own media type', async () => {
  const client = await open('media-types');
  await client.changeParcel({ weight: 1 });
  expect(server.received.headers['content-type']).toBe('application/merge-patch+json');
  expect(server.received.body.toString()).toBe('{"weight":1}');
  server.reply = { status: 200, type: 'application/vnd.parcel+json', body: '{"weight":2}' };
  expect(await client.getParcel()).toEqual({ weight: 2 });
  expect(server.received.headers.accept).toBe('application/vnd.parcel+json, */*;q=0.1');
  server.reply.body = '<h1>Down</h1>';
  await expect(client.getParcel()).rejects.toThrow('the contract says a JSON object');
});

test('text is sent unchanged, and a response that looks like JSON stays text', async () => {
  const client = await open('media-types');
  server.reply = { status: 200, type: 'application/xml', body: '<ok/>' };
  expect(await client.putNote('# Ünïcode')).toBe('<ok/>');
  expect(server.received.headers['content-type']).toBe('text/markdown');
  expect(server.received.body.toString()).toBe('# Ünïcode');
  server.reply = { status: 200, type: 'text/plain', body: '17' };
  expect(await client.getNote()).toBe('17');
});

test('bytes are sent unchanged and returned as a Blob; an error is still read', async () => {
  const client = await open('media-types');
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff, 0x00]);
  await client.putPhoto(bytes);
  expect([server.received.headers['content-type'], ...server.received.body]).toEqual(['image/png', ...bytes]);
  await client.putPhoto(new Blob([bytes], { type: 'image/webp' }));
  expect(server.received.headers['content-type']).toBe('image/png');
  await client.addPhoto(new Blob([bytes], { type: 'image/webp' }));
  expect(server.received.headers['content-type']).toBe('image/webp');

  server.reply = { status: 200, type: 'image/png', body: bytes };
  const photo = await client.getPhoto();
  expect(new Uint8Array(await photo.arrayBuffer())).toEqual(bytes);
  expect(photo.type).toBe('image/png');
  server.replyJson({ reason: 'no such photo' }, 404);
  await expect(client.getPhoto()).rejects.toMatchObject({ status: 404, body: { reason: 'no such photo' } });
});

test('a form with files is sent as multipart/form-data', async () => {
  const client = await open('forms');
  await client.createClaim({
    title: 'Wet',
    amount: 12.5,
    urgent: false,
    place: { city: 'Graz' },
    photos: [new File(['one'], 'one.png', { type: 'image/png' }), new Blob(['two'])],
    invoice: undefined,
  });
  const { headers, body } = server.received;
  const form = await new Response(body, {
    headers: { 'content-type': String(headers['content-type']) },
  }).formData();
  expect(form.get('title')).toBe('Wet');
  expect(form.get('amount')).toBe('12.5');
  expect(form.get('urgent')).toBe('false');
  expect(JSON.parse(String(form.get('place')))).toEqual({ city: 'Graz' });
  expect(form.has('invoice')).toBe(false);
  const [photo, other] = form.getAll('photos') as File[];
  expect([photo?.name, photo?.type, await photo?.text(), await other?.text()]).toEqual([
    'one.png',
    'image/png',
    'one',
    'two',
  ]);
});

test('the fields of a form are written by its encoding', async () => {
  const client = await open('styles');
  await client.sendForm({
    name: 'a b',
    tags: ['x', 'y'],
    codes: ['1', '2'],
    sender: { name: 'Dana', lines: ['one'] },
    extra: { deep: [1] },
  });
  expect([...new URLSearchParams(server.received.body.toString())]).toEqual([
    ['name', 'a b'],
    ['tags', 'x'],
    ['tags', 'y'],
    ['codes', '1,2'],
    ['sender[name]', 'Dana'],
    ['sender[lines][0]', 'one'],
    ['extra', '{"deep":[1]}'],
  ]);
  await client.sendParts({ meta: { weight: 1 }, tags: ['x', 'y'], photo: new Blob(['png']) });
  const parts = server.received.body.toString();
  expect(parts).toMatch(/name="meta"\r\nContent-Type: application\/json\r\n\r\n\{"weight":1\}\r\n/);
  expect(parts).toMatch(/name="tags"\r\n\r\nx,y/);
  expect(parts).toMatch(/name="photo"; filename="blob"\r\nContent-Type: image\/png\r\n\r\npng/);
});

test('a GET whose body can only be empty is sent without one', async () => {
  await (await open('forms')).listClaims();
  expect([server.received.url, server.received.body.length]).toEqual(['/claims', 0]);
  await (await openFetch('forms')).GET('/claims');
  expect([server.received.method, server.received.body.length]).toEqual(['GET', 0]);
});

test('a form without files is urlencoded', async () => {
  const client = await open('forms');
  await client.createToken({ grant_type: 'client_credentials', scope: ['read', 'a&b'], hint: null });
  expect(server.received.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
  expect(server.received.body.toString()).toBe('grant_type=client_credentials&scope=read&scope=a%26b');
});

test('a body that can be JSON or a form is JSON, unless the caller passes a form', async () => {
  const client = await open('forms');
  const api = await openFetch('forms');
  await client.createMessage({ text: 'wet' });
  expect([server.received.headers['content-type'], server.received.body.toString()]).toEqual([
    'application/json',
    '{"text":"wet"}',
  ]);
  await client.createMessage(new URLSearchParams({ text: 'wet & cold' }));
  expect(server.received.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
  expect(server.received.body.toString()).toBe('text=wet+%26+cold');
  const form = new FormData();
  form.append('photo', new Blob(['png'], { type: 'image/png' }), 'a.png');
  for (const send of [() => client.createMessage(form), () => api.POST('/messages', { body: form })]) {
    await send();
    expect(server.received.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(server.received.body.toString()).toContain('filename="a.png"');
  }
});

test('each success status is checked with its own contract', async () => {
  const client = await open('responses');
  server.replyJson(['a']);
  expect(await client.getJobs()).toEqual(['a']);
  server.replyJson({ id: 'j' }, 202);
  expect(await client.getJobs()).toEqual({ id: 'j' });
  server.reply = { status: 204 };
  expect(await client.getJobs()).toBeUndefined();
  server.replyJson({ id: 'j' });
  await expect(client.getJobs()).rejects.toThrow('the contract says a JSON array');
  server.reply = { status: 200 };
  await expect(client.getJobs()).rejects.toThrow('responded with 200 and no body');
});

test('a range, a default and no body at all are successes too', async () => {
  const client = await open('responses');
  server.replyJson({ id: 'j' }, 203);
  expect(await client.createJob()).toEqual({ id: 'j' });
  expect(await client.putJob()).toEqual({ id: 'j' });
  expect(await client.hasJobs()).toBeUndefined();
  expect(server.received.method).toBe('HEAD');
  server.reply = { status: 200 };
  expect(await client.dropJobs()).toBeUndefined();
});

test('null is returned if the contract allows it, in both versions of OpenAPI', async () => {
  server.replyJson(null);
  expect(await (await open('nullable')).getNickname()).toBeNull();
  expect(await (await open('shapes')).getNickname()).toBeNull();
  await expect((await open('shapes')).getTree()).rejects.toThrow('the contract says a JSON object');
});
