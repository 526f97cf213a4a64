import { expect, test } from 'vitest';
import { listCases } from '../../scripts/docs/cases.ts';

const body = (examples: object) => ({ description: 'It.', content: { 'application/json': { examples } } });

test('an operation tells all its examples with its first answer, those of a component too', () => {
  const document = {
    paths: {
      '/things': {
        parameters: [],
        get: {
          responses: {
            200: body({ one: { summary: 'A single thing' }, none: { $ref: '#/components/examples/None' } }),
            404: { $ref: '#/components/responses/NotFound' },
          },
        },
      },
    },
    components: {
      examples: { None: { summary: 'Nothing at all' } },
      responses: { NotFound: body({ gone: { summary: 'It is gone' } }) },
    },
  };
  const { 200: first, 404: second } = listCases(document).paths['/things'].get.responses;
  expect(first.description).toBe(
    [
      'It.',
      '',
      'The mock gives the answer that `Prefer: code=…, example=…` asks for:',
      '',
      '| Status | Case | Example |',
      '|---|---|---|',
      '| 200 | A single thing | `one` |',
      '| 200 | Nothing at all | `none` |',
      '| 404 | It is gone | `gone` |',
    ].join('\n'),
  );
  expect(second).toEqual({ $ref: '#/components/responses/NotFound' });
});

test('a webhook tells its examples with its body', () => {
  const post = { requestBody: body({ one: { summary: 'Broken' }, two: { summary: 'Mended' } }) };
  expect(listCases({ webhooks: { changed: { post } } }).webhooks.changed.post.requestBody.description).toBe(
    'It.\n\nThe examples show:\n\n- Broken\n- Mended',
  );
});

test('what has no examples stays as it is', () => {
  const document = { paths: { '/': { get: { responses: { 204: { description: 'Done.' } } } } } };
  expect(listCases(document)).toEqual(document);
});
