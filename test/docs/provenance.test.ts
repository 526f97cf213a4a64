import { describe, expect, test } from 'vitest';
import { showProvenance } from '../../scripts/docs/provenance.ts';

const inferred = { certainty: 'inferred', source: '/page', reason: 'A sibling does the same.' };
const remark = '*Inferred: A sibling does the same ([source](https://vendor.example/page)).*';
const externalDocs = { url: 'https://vendor.example' };

describe('what is not stated', () => {
  test('says so at the end of its description, with the reason and the source', () => {
    const shown = showProvenance({
      externalDocs,
      operation: { description: 'Makes one.', 'x-provenance': inferred },
    });
    expect(shown.operation.description).toBe(`Makes one.\n\n${remark}`);
  });

  test('says where else it was seen, also by a whole URL', () => {
    const provenance = { certainty: 'example', source: 'https://elsewhere.example/page' };
    expect(
      showProvenance({ field: { description: 'A name.', 'x-provenance': provenance } }).field.description,
    ).toBe('A name.\n\n*Seen only in an example ([source](https://elsewhere.example/page)).*');
  });

  test('is described by its parent, if its own description is not shown', () => {
    const shown = showProvenance({
      externalDocs,
      response: { description: 'One page.', content: { json: { schema: { $ref: '#/schemas/Page' } } } },
      parameter: { description: 'The id.', schema: { 'x-provenance': inferred } },
      list: { description: 'The pages.', items: { $ref: '#/schemas/Page' } },
      schemas: { Page: { description: 'A page.', 'x-provenance': inferred } },
    });
    expect(shown.response.description).toBe(`One page.\n\n${remark}`);
    expect(shown.parameter.description).toBe(`The id.\n\n${remark}`);
    expect(shown.list.description).toBe(`The pages.\n\n${remark}`);
  });

  test('does not change the document itself', () => {
    const document = { field: { description: 'A name.', 'x-provenance': inferred } };
    showProvenance(document);
    expect(document.field.description).toBe('A name.');
  });
});

test('an operation that is stated names its source', () => {
  const operation = {
    operationId: 'ping',
    description: 'Responds.',
    'x-provenance': { certainty: 'stated', source: '/page' },
  };
  expect(showProvenance({ externalDocs, operation }).operation.description).toBe(
    'Responds.\n\n*Stated by the vendor ([source](https://vendor.example/page)).*',
  );
});

test('any other part that is stated says nothing', () => {
  const document = {
    field: { description: 'A name.', 'x-provenance': { certainty: 'stated', source: '/page' } },
  };
  expect(showProvenance(document)).toEqual(document);
});

test('an example that has null where a contract has media types is data', () => {
  const document = { example: { content: null, schema: null, items: null } };
  expect(showProvenance(document)).toEqual(document);
});
