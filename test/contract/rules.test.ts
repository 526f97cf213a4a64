import { describe, expect, test } from 'vitest';
import { loadRules } from './contract.ts';
import { lintTexts } from './lint-text.ts';

const stated = 'x-provenance: { certainty: stated, source: /page }';

describe('contract/provenance', () => {
  test('an operation, its status codes and every component must state their certainty', async () => {
    const text = [
      'openapi: 3.1.1',
      'info: { title: T, version: 1.0.0 }',
      'paths:',
      '  /thing:',
      '    get:',
      '      parameters:',
      '        - $ref: "#/components/parameters/Limit"',
      '      responses:',
      '        "200":',
      '          description: Fine.',
      '          headers: { Age: { $ref: "#/components/headers/Age" } }',
      '          content: { application/json: { schema: { $ref: Thing.yaml } } }',
      '        "404": { $ref: "#/components/responses/Gone" }',
      'components:',
      '  parameters:',
      '    Limit: { name: limit, in: query, schema: { type: integer } }',
      '  headers:',
      '    Age: { schema: { type: integer } }',
      '  responses:',
      '    Gone: { description: Gone. }',
      '  securitySchemes:',
      '    Key: { type: apiKey, in: header, name: X-Key }',
    ].join('\n');
    const thing = 'type: object\nproperties:\n  inherits: { type: string }';
    const findings = await lint('contract/provenance', { 'openapi.yaml': text, 'Thing.yaml': thing });
    const message = (subject: string) =>
      `State the certainty of this ${subject}: add x-provenance with certainty and source, and a reason if it is inferred.`;
    expect(findings.sort()).toEqual([
      `Thing.yaml:1 #/ ${message('schema')}`,
      `openapi.yaml:16 #/components/parameters/Limit ${message('parameter')}`,
      `openapi.yaml:18 #/components/headers/Age ${message('header')}`,
      `openapi.yaml:20 #/components/responses/Gone ${message('response')}`,
      `openapi.yaml:22 #/components/securitySchemes/Key ${message('security scheme')}`,
      `openapi.yaml:5 #/paths/~1thing/get ${message('operation')}`,
      `openapi.yaml:9 #/paths/~1thing/get/responses/200 ${message('status code')}`,
    ]);
  });

  test.each([
    ['{ certainty: stated, source: /page }'],
    ['{ certainty: example, source: /page, reason: Read off the sample. }'],
    ['{ certainty: inferred, source: https://example.com/rfc, reason: A sibling has it. }'],
    ['{ certainty: stated, source: [/page, /other] }'],
  ])('%s is right', async (provenance) => {
    expect(await lint('contract/provenance', schemaWith(`x-provenance: ${provenance}`))).toEqual([]);
  });

  test.each([
    ['hearsay', '', 'Write x-provenance as a map with certainty, source and reason.'],
    [
      '{ certainty: sure, source: /page }',
      '/certainty',
      'Set the certainty to stated, example or inferred, not to "sure".',
    ],
    ['{ source: /page }', '', 'Set the certainty to stated, example or inferred.'],
    [
      '{ certainty: stated }',
      '',
      'Name the source: the path of a page of the vendor, such as /cookbooks/pagination, or a whole https address. Several are a list.',
    ],
    [
      '{ certainty: stated, source: the docs }',
      '/source',
      'Name the source: the path of a page of the vendor, such as /cookbooks/pagination, or a whole https address. Several are a list.',
    ],
    [
      '{ certainty: inferred, source: /page }',
      '',
      'Give the reason for what is inferred, in sentences that end with a full stop.',
    ],
    [
      '{ certainty: inferred, source: /page, reason: because }',
      '/reason',
      'Give the reason for what is inferred, in sentences that end with a full stop.',
    ],
    [
      '{ certainty: stated, source: /page, reason: It says so. }',
      '/reason',
      'Remove the reason, as what is stated needs none; if it is a conclusion, call it inferred.',
    ],
    [
      '{ certainty: stated, source: /page, sauce: /page }',
      '/sauce',
      'Remove "sauce" from x-provenance: it knows certainty, source and reason only.',
    ],
  ])('%s is refused', async (provenance, place, message) => {
    expect(await lint('contract/provenance', schemaWith(`x-provenance: ${provenance}`))).toEqual([
      `openapi.yaml:6 #/components/schemas/Thing/x-provenance${place} ${message}`,
    ]);
  });

  test('it is also checked next to a $ref', async () => {
    const files = schemaWith(
      `${stated}, properties: { a: { $ref: "#/components/schemas/Thing", x-provenance: no } }`,
    );
    expect(await lint('contract/provenance', files)).toEqual([
      'openapi.yaml:6 #/components/schemas/Thing/properties/a/x-provenance Write x-provenance as a map with certainty, source and reason.',
    ]);
  });
});

describe('contract/extensions', () => {
  test.each([
    ['x-secret: true'],
    ['x-enumDescriptions: { A: First. }'],
    ['enum: [A, B], x-enumDescriptions: { A: First., B: Second. }'],
  ])('%s is right', async (keys) => {
    expect(await lint('contract/extensions', schemaWith(keys))).toEqual([]);
  });

  test.each([
    [
      'x-secrets: true',
      '/x-secrets Use one of x-provenance, x-env, x-secret, x-idempotent, x-pagination, x-enumDescriptions; a new key is described in spec/README.md first.',
    ],
    ['x-secret: yes please', '/x-secret Write x-secret: true, or leave it out.'],
    [
      'x-idempotent: true',
      '/x-idempotent Move x-idempotent to where it belongs: it is allowed on Operation, not on Schema.',
    ],
    [
      'enum: [A, B], x-enumDescriptions: { A: First. }',
      '/x-enumDescriptions Describe in x-enumDescriptions each value of the enum, and no other.',
    ],
  ])('%s is refused on a schema', async (keys, finding) => {
    expect(await lint('contract/extensions', schemaWith(keys))).toEqual([
      `openapi.yaml:6 #/components/schemas/Thing${finding}`,
    ]);
  });

  test.each([
    ['post', 'x-idempotent: false', '/x-idempotent Write x-idempotent: true, or leave it out.'],
    ['get', 'x-idempotent: true', '/x-idempotent Remove x-idempotent: a GET can always be retried.'],
    [
      'get',
      'x-pagination: { page: page, offset: skip, items: things }',
      '/x-pagination Write x-pagination with one of page, offset, cursor and link, and the fields that go with it: see "Lists" in spec/README.md.',
    ],
  ])('on a %s, %s is refused', async (method, keys, finding) => {
    expect(await lint('contract/extensions', operationWith(method, keys))).toEqual([
      `openapi.yaml:4 #/paths/~1thing/${method}${finding}`,
    ]);
  });

  test('x-env names an environment variable', async () => {
    const text = schemaWith('type: string')['openapi.yaml'].replace(
      'schemas:',
      'securitySchemes:\n    Key: { type: apiKey, in: header, name: X-Key, x-env: api key }\n  schemas:',
    );
    expect(await lint('contract/extensions', { 'openapi.yaml': text })).toEqual([
      'openapi.yaml:6 #/components/securitySchemes/Key/x-env Write x-env as the name of an environment variable, such as PARCELS_API_KEY.',
    ]);
  });
});

test('contract/key-order names the key to move', async () => {
  const order =
    'operationId, summary, description, tags, deprecated, security, x-, parameters, requestBody, responses';
  expect(await lint('contract/key-order', operationWith('get', 'tags: [A], summary: Get it'))).toEqual([
    `openapi.yaml:4 #/paths/~1thing/get/summary Move "summary" above "tags": every operation has the order ${order}.`,
  ]);
  expect(
    await lint('contract/key-order', operationWith('get', `summary: Get it, tags: [A], ${stated}`)),
  ).toEqual([]);
});

describe('the prose', () => {
  test.each([
    ['summary: Creates an invitation.', 'rule/summary-is-a-command'],
    ['summary: create an invitation', 'rule/summary-is-a-command'],
    [`summary: Create ${'x'.repeat(50)}`, 'rule/summary-is-a-command'],
    ['summary: Get it, description: No full stop', 'rule/description-is-a-sentence'],
  ])('%s is refused', async (keys, rule) => {
    const findings = await lintTexts(operationWith('get', keys), await loadRules());
    expect(findings.map((finding) => finding.rule)).toContain(rule);
  });

  test('a command and sentences are correct', async () => {
    const files = operationWith('get', 'summary: Get it now, description: "It is here. Take it."');
    const findings = await lintTexts(files, await loadRules());
    expect(findings.filter(({ rule }) => rule.startsWith('rule/'))).toEqual([]);
  });
});

/** What one rule of ours says: `file:line pointer message` for each finding. */
async function lint(rule: string, files: Record<string, string>): Promise<string[]> {
  const findings = await lintTexts(files, await loadRules());
  return findings
    .filter((finding) => finding.rule === rule)
    .map(({ place, pointer, message }) => `${place} ${pointer} ${message}`);
}

function schemaWith(keys: string) {
  const text = `openapi: 3.1.1\ninfo: { title: T, version: 1.0.0 }\npaths: {}\ncomponents:\n  schemas:\n    Thing: { ${keys} }\n`;
  return { 'openapi.yaml': text };
}

function operationWith(method: string, keys: string) {
  const text = `openapi: 3.1.1\ninfo: { title: T, version: 1.0.0 }\npaths:\n  /thing: { ${method}: { ${keys}, responses: { "200": { description: Fine. } } } }\n`;
  return { 'openapi.yaml': text };
}
