import { expect, test } from 'vitest';
import { readChapters, slug } from '../../scripts/docs/chapters.ts';
import { writeLlms } from '../../scripts/docs/markdown/llms.ts';
import { type Described, writeReference } from '../../scripts/docs/markdown/reference.ts';
import { typeText } from '../../scripts/docs/markdown/schema.ts';
import { lowerHeadings, table } from '../../scripts/docs/markdown/text.ts';
import { showProvenance } from '../../scripts/docs/provenance.ts';
import { readSamples } from '../../scripts/docs/samples.ts';
import { loadContract } from '../contract/contract.ts';
import { places } from './places.ts';

const contract = showProvenance(await loadContract()) as Described;
const reference = writeReference(contract);
const prose = reference.replace(/^```[\s\S]*?^```$/gm, '');
const headings = Array.from(prose.matchAll(/^#{2,} (.+)$/gm), ([, title = '']) => title);
const llms = writeLlms(contract);

test('the reference has every chapter, operation, webhook and schema, each under a heading of its own', () => {
  const chapters = readChapters({ chapter: (title) => title, operation: (id) => id });
  const titles = [
    ...chapters.map(({ title }) => title),
    ...[...places.values()].flat().map(({ title }) => title),
  ];
  expect(titles.length).toBeGreaterThan(40);
  for (const title of titles)
    expect(headings.filter((heading) => slug(heading) === slug(title))).toEqual([title]);
});

test('it shows every named example, and every sample', () => {
  const cases = [...places.values()].flat().flatMap(({ cases }) => cases);
  expect(cases.length).toBeGreaterThan(40);
  for (const text of [...cases, ...[...readSamples().values()].map((sample) => sample.text)])
    expect(reference).toContain(text);
});

test('it says what is not stated, as the page does', () => {
  expect(reference).toContain('*Inferred: The page shows the body without a status code.');
});

test('each of its links leads to a heading, and so does each of llms.txt', () => {
  const anchors = headings.map(slug);
  const links = [...prose.matchAll(/\]\(#([^)]+)\)/g), ...llms.matchAll(/\]\(reference\.md#([^)]+)\)/g)];
  expect(links.length).toBeGreaterThan(100);
  expect(links.map(([, anchor]) => anchor).filter((anchor) => !anchors.includes(anchor ?? ''))).toEqual([]);
});

test('llms.txt begins as its readers want it, and names every section', () => {
  expect(llms).toMatch(/^# Nectar Climate External API\n\n> .+\n\n/);
  for (const { title } of [...places.values()].flat()) expect(llms).toContain(`[${title}](reference.md#`);
});

test('a bar or a line break in a text does not end its cell', () => {
  expect(table(['A'], [['one | two\n\nthree']])).toBe('| A |\n|---|\n| one \\| two three |');
});

test('what looks like a heading in a block of code stays as it is', () => {
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
  [{}, 'anything'],
])('the type %j reads "%s"', (schema, text) => {
  expect(typeText(schema)).toBe(text);
});
