import { expect, test } from 'vitest';
import { type Json, loadContract } from './contract.ts';

const { components, paths } = await loadContract();
const examples: [string, Json][] = Object.entries<Json>(components.examples).map(([name, { value }]) => [
  name,
  value,
]);
const invitations = examples.filter(([, value]) => 'invitationUrl' in value);

test.each(invitations)('%s: the link contains the token', (_name, { invitationUrl, token }) => {
  expect(invitationUrl).toBe(`https://dash.nectarclimate.com/p/i/${token}`);
});

test.each(Object.keys(reconnect('requestBody')))(
  '%s: the answer tells what the request asked for',
  (name) => {
    const { allowedEmails = [], expiresInSeconds, maxUses = null } = example(reconnect('requestBody')[name]);
    const answer = example(reconnect('responses')[name]);
    expect(answer).toMatchObject({
      invitationType: 'EDIT_CONNECTION',
      status: 'ACTIVE',
      useCount: 0,
      allowedEmails,
      maxUses,
    });
    const lifetime = answer.expiresAt && (Date.parse(answer.expiresAt) - Date.parse(answer.createdAt)) / 1000;
    expect(lifetime).toBe(expiresInSeconds ?? null);
  },
);

test('requests and answers have the same names', () => {
  expect(Object.keys(reconnect('responses'))).toEqual(Object.keys(reconnect('requestBody')));
});

test('all of it happens at one company', () => {
  expect(new Set(invitations.map(([, { companyId }]) => companyId)).size).toBe(1);
});

test('addresses and hosts are ones that nobody can own', () => {
  const text = JSON.stringify(examples);
  expect(text.match(/[\w.]+@(?![\w.]*\.example")[\w.]+/g) ?? []).toEqual([]);
});

function reconnect(part: 'requestBody' | 'responses'): Record<string, Json> {
  const { requestBody, responses } = paths['/invitation/connection/{connection_id}'].post;
  return (part === 'requestBody' ? requestBody : responses[201]).content['application/json'].examples;
}

function example({ $ref }: Json): Json {
  return components.examples[$ref.split('/').pop()].value;
}
