import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { samplesFor } from '../../scripts/docs/calls/samples.ts';
import { listChapters } from '../../scripts/docs/guide/chapters.ts';
import { writeMarkdown } from '../../scripts/docs/markdown/files.ts';
import { describeSchemas, typeText } from '../../scripts/docs/markdown/schema.ts';
import { lowerHeadings, table } from '../../scripts/docs/markdown/text.ts';
import { operationsIn } from '../../scripts/docs/operations.ts';
import { slug } from '../../scripts/docs/slug.ts';
import { places } from './places.ts';
import { source } from './source.ts';

const files = writeMarkdown(source);
const reference = files.get('reference.md') ?? '';
const llms = files.get('llms.txt') ?? '';
const chapters = listChapters(source);
const operations = operationsIn(source.document);

function headingsOf(markdown: string): string[] {
  return Array.from(proseOf(markdown).matchAll(/^#+ (.+)$/gm), ([, title = '']) => title);
}

function proseOf(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```$/gm, '');
}

test('the reference has every chapter, operation, event and schema, each under a heading of its own', () => {
  const titles = [
    ...chapters.map(({ title }) => title),
    ...[...places.values()].flat().map(({ title }) => title),
  ];
  expect(titles.length).toBeGreaterThan(40);
  const anchors = headingsOf(reference).map(slug);
  for (const title of titles) expect(anchors).toContain(slug(title));
});

test('the reference shows every named example, and each operation in every way to call it', () => {
  const cases = [...places.values()].flat().flatMap(({ cases }) => cases);
  expect(cases.length).toBeGreaterThan(40);
  const samples = operations.flatMap((placed) => samplesFor(placed, source));
  for (const text of [...cases, ...samples.map(({ code }) => [...code.values()][0] ?? '')])
    expect(reference).toContain(text);
});

test('a field says whether it is required, and facts that are not stated say so, as on the page', () => {
  expect(reference).toContain('| `connection_id` | string (uuid) | required | Connection that');
  expect(reference).toContain('| `expiresInSeconds` | integer, at least 60 | optional |');
  expect(reference).toContain('*Inferred: The page shows the body without a status code.');
  expect(reference).toContain('Known values; others can be added at any time:');
});

test('each link of each file leads to a file, and to a heading of it', () => {
  const dead: string[] = [];
  let count = 0;
  for (const [name, text] of files) {
    for (const [, link = ''] of proseOf(text).matchAll(/\]\(([^)]+)\)/g)) {
      if (/^https?:/.test(link)) continue;
      count++;
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? name : posix.join(posix.dirname(name), path);
      const found = target === 'openapi.yaml' ? '' : files.get(target);
      const isThere = found !== undefined && (!anchor || headingsOf(found).map(slug).includes(anchor));
      if (!isThere) dead.push(`${name}: ${link}`);
    }
  }
  expect(count).toBeGreaterThan(200);
  expect(dead).toEqual([]);
});

test('llms.txt has the proposed form, and links to a file of each chapter and operation, and to the contract', () => {
  expect(llms).toMatch(/^# Nectar Climate External API\n\n> .+\n\n/);
  expect(llms).toContain('](openapi.yaml)');
  for (const { name, title } of chapters) expect(llms).toContain(`[${title}](guide/${name}.md)`);
  for (const { operation } of operations) expect(llms).toContain(`(operations/${operation.operationId}.md)`);
});

test('the file of an operation holds each schema that it leads to, and no other', () => {
  const file = files.get('operations/createReconnectInvitation.md') ?? '';
  expect(headingsOf(file)[0]).toBe('Create a reconnect invitation');
  expect(headingsOf(file)).toContain('CreateReconnectInvitationRequest');
  // Within the invitation that is returned.
  expect(headingsOf(file)).toContain('InvitationStatus');
  expect(headingsOf(file)).not.toContain('ConnectionPage');
});

test('a schema shows the fields of the objects in it, what is deprecated, and where a field is sent', () => {
  const schema = {
    properties: {
      owner: {
        type: 'object',
        required: ['email'],
        properties: { email: { type: 'string', deprecated: true, description: 'Use phone.' } },
      },
      lines: { type: 'array', items: { properties: { sku: { type: 'string', readOnly: true } } } },
      password: { type: 'string', writeOnly: true },
    },
    patternProperties: { '^x-': { type: 'string' } },
  };
  expect(describeSchemas({ Order: schema }, { components: {} }).split('\n')).toEqual(
    expect.arrayContaining([
      '| `owner.email` | string | required | **Deprecated.** Use phone. |',
      '| `lines[].sku` | string | optional, only in responses |  |',
      '| `password` | string | optional, only in requests |  |',
      '| `/^x-/` | string | optional |  |',
    ]),
  );
});

test('the summary of a chapter is its first sentence, also if that begins with code', () => {
  const { summary } = chapters.find(({ name }) => name === 'sandbox') ?? {};
  expect(summary).toMatch(/^npm run sandbox starts a complete Nectar .*\.$/);
});

test('a bar or a line break in a text does not end its cell', () => {
  expect(table(['A'], [['one | two\n\nthree']])).toBe('| A |\n|---|\n| one \\| two three |');
});

test('a heading that is moved up stays a heading', () => {
  expect(lowerHeadings('# Box\n\n### Box', -2)).toBe('# Box\n\n# Box');
});

test('text like a heading in a code block stays unchanged', () => {
  expect(lowerHeadings('# One\n\n```sh\n# Two\n```\n\n## Three', 1)).toBe(
    '## One\n\n```sh\n# Two\n```\n\n### Three',
  );
});

test.each([
  [{ type: 'string', format: 'email' }, 'string (email)'],
  [{ type: ['string', 'null'] }, 'string or null'],
  [{ type: 'array', items: { $ref: '#/components/schemas/Company' } }, 'array of [Company](#company)'],
  [{ type: 'integer', minimum: 1, maximum: 500, default: 100 }, 'integer, 1 to 500, 100 by default'],
  [{ oneOf: [{ const: 'a' }, { type: 'null' }] }, '`"a"` or null'],
  [{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 9 }, 'number, more than 0, less than 9'],
  [
    { type: 'number', minimum: 0, exclusiveMinimum: true, multipleOf: 5 },
    'number, more than 0, a multiple of 5',
  ],
  [{ type: 'array', items: { type: 'string' }, uniqueItems: true }, 'array of string, no item twice'],
  [{ type: 'object', additionalProperties: { type: 'integer' } }, 'object with values integer'],
  [{ type: 'string', nullable: true }, 'string or null'],
  [{}, 'anything'],
])('the type %j reads "%s"', (schema, text) => {
  expect(typeText(schema)).toBe(text);
});
