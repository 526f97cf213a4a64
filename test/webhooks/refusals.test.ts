import { eventId, signTestEvent, unwrap, WebhookError, type WebhookFault } from 'nectar-openapi/webhooks';
import { describe, expect, test } from 'vitest';
import { otherSecret, secret } from './secret.ts';

const { body, headers } = signTestEvent({ eventType: 'connection.created.v2', status: 'PENDING' }, secret);

/** The error of a call, after a look that it is one, and that it tells no secret. */
function refusalOf(call: () => unknown): WebhookError {
  try {
    call();
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error;
    const shown = `${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
    for (const each of [secret, otherSecret]) {
      expect(shown).not.toContain(each.slice('whsec_'.length));
    }
    expect(error.name).toBe('WebhookError');
    expect(error.message).toMatch(/^[A-Zr].+\.$/);
    return error;
  }
  throw new Error('It was not refused.');
}

function secondsFromNow(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000);
}

function signed(content: string, timestamp = new Date()): [string, Record<string, string>] {
  const test = signTestEvent(content, secret, { timestamp });
  return [test.body, test.headers];
}

/** Signed with its byte order mark, which not every decoder leaves in place. */
const [markedText, markedHeaders] = signed('\ufeff{}');
const marked: [unknown, Record<string, string>] = [new TextEncoder().encode(markedText), markedHeaders];

/** Sent with an invalid byte, where the signed text has the replacement character. */
const [signedText, garbledHeaders] = signed('{"id":"\ufffd"}');
const [before = '', after = ''] = signedText.split('\ufffd');
const garbled: [unknown, Record<string, string>] = [
  Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]),
  garbledHeaders,
];

describe('a request is refused', () => {
  test.each<[string, WebhookFault, [unknown, Record<string, string>]]>([
    ['its body was changed', 'bad-signature', [body.replace('PENDING', 'CONNECTED'), headers]],
    ['its body was written again', 'bad-signature', [`${body} `, headers]],
    ['its bytes are not UTF-8', 'bad-signature', [new Uint8Array([0xff]), headers]],
    ['its bytes are not UTF-8, and the decoded text was signed', 'bad-signature', garbled],
    ['its id was changed', 'bad-signature', [body, { ...headers, 'svix-id': 'msg_2' }]],
    [
      'its timestamp was changed',
      'bad-signature',
      [body, { ...headers, 'svix-timestamp': String(Number(headers['svix-timestamp']) + 1) }],
    ],
    [
      'its signature is empty but for the version',
      'bad-signature',
      [body, { ...headers, 'svix-signature': 'v1,' }],
    ],
    ['its signature is of another kind', 'bad-signature', [body, { ...headers, 'svix-signature': 'v2,x' }]],
    ['its timestamp is not a number', 'bad-timestamp', [body, { ...headers, 'svix-timestamp': 'today' }]],
    ['it is too old', 'timestamp-too-old', signed('{}', secondsFromNow(-310))],
    ['it is of the future', 'timestamp-too-new', signed('{}', secondsFromNow(310))],
    ['it has no header', 'missing-header', [body, {}]],
    ['it is not JSON', 'not-json', signed('status=PENDING')],
    ['it is empty', 'not-json', signed('')],
    ['it is null', 'not-json', signed('null')],
    ['it is a list', 'not-json', signed('[]')],
    ['it is a text', 'not-json', signed('"PENDING"')],
    ['it begins with a byte order mark', 'not-json', marked],
    ['it was parsed before', 'not-raw', [JSON.parse(body), headers]],
  ])('when %s', (_name, reason, [content, sent]) => {
    expect(refusalOf(() => unwrap(content as string, sent, secret)).reason).toBe(reason);
  });

  test('if it was signed with another secret, or with none of several', () => {
    const secrets = [otherSecret, `whsec_${btoa('a third secret of no use elsewhere')}`];
    expect(refusalOf(() => unwrap(body, headers, otherSecret)).reason).toBe('bad-signature');
    expect(refusalOf(() => unwrap(body, headers, secrets)).reason).toBe('bad-signature');
  });

  test.each(['svix-id', 'svix-timestamp', 'svix-signature'])('when %s is missing, which is named', (name) => {
    const rest = { ...headers, [name]: undefined };
    const { reason, message } = refusalOf(() => unwrap(body, rest, secret));
    expect(reason).toBe('missing-header');
    expect(message).toContain(`has no ${name}:`);
  });

  test('if half of its headers have one prefix, and half the other', () => {
    const { 'svix-id': id = '', ...others } = headers;
    const mixed = { ...others, 'webhook-id': id };
    expect(refusalOf(() => unwrap(body, mixed, secret)).reason).toBe('missing-header');
    expect(refusalOf(() => eventId(mixed)).reason).toBe('missing-header');
  });
});

describe('a secret is refused', () => {
  test.each<[string, unknown]>([
    ['that is not set', undefined],
    ['that is empty', ''],
    ['that is a prefix alone', 'whsec_'],
    ['with a line break after it', `${secret}\n`],
    ['that is not base64', secret.replace('_', '_*')],
    ['that is not among any', []],
    ['beside one that would do', [secret, '']],
  ])('%s', (_name, wrong) => {
    expect(refusalOf(() => unwrap(body, headers, wrong as string)).reason).toBe('bad-secret');
  });

  test('by signTestEvent as well', () => {
    expect(refusalOf(() => signTestEvent({}, '')).reason).toBe('bad-secret');
  });
});
