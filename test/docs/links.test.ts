import { describe, expect, test } from 'vitest';
import { useDocs } from './built-docs.ts';
import { deadLinks, linksOf, missingIds, placesOf } from './links.ts';
import { openPage } from './open-page.ts';

describe('the links of the guide and of its navigation', { timeout: 60_000 }, () => {
  const docs = useDocs();

  test('lead to a page and a heading that exist, and show them in a fresh tab', async () => {
    const pages = [...docs.files.keys()].filter((name) => /^(?:index|guide\/.+)\.html$/.test(name));
    await using opened = await openPage(docs.browser, docs.url('index.html'));
    const { page } = opened;
    const links = new Set<string>();
    for (const name of pages) {
      await page.goto(docs.url(name));
      for (const link of await linksOf(page)) links.add(link);
    }
    const root = docs.url('');
    const inGuide = [...links].filter((link) => link.startsWith(root) && !link.includes('/reference.html'));
    expect(inGuide.length).toBeGreaterThan(50);
    const fileOf = (link: string) => link.slice(root.length).replace(/#.*/, '');
    expect(inGuide.filter((link) => !docs.files.has(fileOf(link)))).toEqual([]);
    const elsewhere = [...links].filter((link) => !link.startsWith(root));
    expect(elsewhere.filter((link) => !link.startsWith('https://'))).toEqual([]);
    // The test of the reference opens all of its places.
    const inReference = [...links].filter((link) => link.includes('/reference.html'));
    const addresses = await placesOf(page);
    expect(inReference.filter((link) => !addresses.includes(link))).toEqual([]);

    const toHeadings = inGuide.filter((link) => link.includes('#'));
    const files = new Set(toHeadings.map(fileOf));
    for (const file of files) {
      await page.goto(docs.url(file));
      const links = toHeadings.filter((link) => fileOf(link) === file);
      const ids = links.map((link) => decodeURIComponent(new URL(link).hash.slice(1)));
      expect(await missingIds(page, ids), file).toEqual([]);
    }
    // A browser jumps to each heading of a page in the same way, so that one of each page is enough.
    const oneOfEach = Array.from(files, (file) => toHeadings.findLast((link) => fileOf(link) === file) ?? '');
    expect(await deadLinks(page, oneOfEach)).toEqual([]);
  });
});
