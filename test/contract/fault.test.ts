import { createConfig } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { readFault } from '../../scripts/contract/fault.ts';
import { lintTexts } from './lint-text.ts';

/** One mistake of each kind that the linter reports in a sentence of its own. */
const broken = `\
openapi: 3.1.0
info: { title: Farm, version: '1', summry: One }
paths:
  /plots:
    parameters: { name: id }
    post:
      parameters:
        - { name: a, schema: { type: strin } }
        - { name: b, in: query }
        - { name: c, in: sky, schema: { type: string } }
      requestBody:
        content:
      responses:
        '200':
          description: 5
          headers: { Count: { in: header, schema: { type: integer } } }
          content:
            application/json:
              schema: { $ref: '#/components/schemas/None' }
        '400':
          $ref: broken.yaml
components:
  schemas:
    Plot: { allOf: { type: object } }
  securitySchemes:
    Key: { type: http, scheme: bearer, name: X-Key }
`;

const examples = `\
openapi: 3.1.0
info: { title: Farm, version: '1' }
paths: {}
components:
  schemas:
    Plot: { type: object, required: [depth] }
    Tree: { type: object, properties: { age: { type: integer } }, unevaluatedProperties: false, examples: [{ age: 1, kind: oak }] }
`;

test('each sentence of the linter is read, so that a new wording of it is noticed', async () => {
  const structure = await createConfig({ rules: { struct: 'error', 'no-unresolved-refs': 'error' } });
  const others = await createConfig({
    rules: { 'no-required-schema-properties-undefined': 'error', 'no-invalid-schema-examples': 'error' },
  });
  const found = [
    ...(await lintTexts({ 'openapi.yaml': broken, 'broken.yaml': 'a: [\n' }, structure)),
    ...(await lintTexts({ 'openapi.yaml': examples }, others)),
  ];
  const faults = found.map(({ message }) => readFault(message));
  expect(faults).toEqual(
    expect.arrayContaining([
      { code: 'unexpected', keys: ['summry'] },
      { code: 'missing', field: 'in' },
      { code: 'none-of', fields: ['schema', 'content'] },
      { code: 'not-allowed', field: 'name' },
      { code: 'type', type: 'ParameterList', form: 'array', got: 'object' },
      { code: 'type', type: 'MediaTypesMap', form: 'object', got: 'null' },
      { code: 'type', type: 'string', form: undefined, got: 'integer' },
      { code: 'type', type: 'AllOf', form: 'array', got: 'object' },
      { code: 'value', field: 'in', values: ['query', 'header', 'path', 'cookie'] },
      { code: 'value', field: 'type', values: expect.arrayContaining(['string', 'integer']) },
      { code: 'undefined', field: 'depth' },
      { code: 'undescribed', field: 'kind' },
      { code: 'syntax', reason: expect.stringContaining('indentation') },
      { code: 'no-target' },
      { code: 'unread-target' },
    ]),
  );
  // Whatever the rule of the structure says is read.
  const structural = found.filter(({ rule }) => rule === 'struct' || rule === 'no-unresolved-refs');
  expect(structural.filter(({ message }) => !readFault(message))).toEqual([]);
});
