import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { useDocs } from './built-docs.ts';
import { openPage, whenDrawn } from './open-page.ts';

describe('every link shows its target, in a fresh tab as well', { timeout: 60_000 }, () => {
  const docs = useDocs();

  test('from the pages of the guide, and from their navigation', async () => {
    const pages = [...docs.files.keys()].filter((name) => /^(?:index|guide\/.+)\.html$/.test(name));
    await using opened = await openPage(docs.browser, docs.url('index.html'));
    const { page } = opened;
    const links = new Set<string>();
    for (const name of pages) {
      await page.goto(docs.url(name));
      for (const link of await linksOf(page)) links.add(link);
    }
    const inGuide = [...links].filter((link) => link.startsWith(docs.url('')) && !isInReference(link));
    expect(inGuide.length).toBeGreaterThan(50);
    // A browser shows the pages, and saves the other files.
    const isPage = (link: string) => new URL(link).pathname.endsWith('.html');
    expect(await deadLinks(page, inGuide.filter(isPage))).toEqual([]);
    const saved = inGuide.filter((link) => !isPage(link)).map((link) => link.slice(docs.url('').length));
    expect(saved.filter((name) => !docs.files.has(name))).toEqual([]);
    // All of them lead somewhere in the reference that the next test opens, or to a file of the docs.
    const elsewhere = [...links].filter((link) => !link.startsWith(docs.url('')));
    expect(elsewhere.filter((link) => !link.startsWith('https://'))).toEqual([]);
    const addresses = await placesOf(page, docs.url('reference.html'));
    expect([...links].filter((link) => isInReference(link) && !addresses.includes(link))).toEqual([]);
  });

  test('from the reference', async () => {
    await using opened = await openPage(docs.browser, docs.url('reference.html#/'), { height: 600 });
    const { page } = opened;
    const reference = docs.url('reference.html');
    const places = new Set(await placesOf(page, reference));
    // One of each form is opened in a fresh tab, as each takes a second: a place, and each kind of part of one.
    const forms = new Map<string, string>();
    const dead: string[] = [];
    for (const place of places) {
      const { hash } = new URL(place);
      await page.evaluate((address) => {
        location.hash = address;
      }, hash);
      await page.waitForFunction(isShown, {}, hash);
      const links = await linksOf(page);
      const groups = links.filter((link) => /#\/[\w-]+$/.test(link));
      for (const link of links.filter((each) => each.startsWith(reference))) {
        forms.set(formOf(link), link);
        // What follows the last # is an element, unless it is a place.
        const target = decodeURIComponent(new URL(link).hash.split('#').at(-1) ?? '');
        const isThere = target.startsWith('/')
          ? places.has(link) || groups.includes(link)
          : await page.evaluate((id) => document.getElementById(id) !== null, target);
        if (!isThere) dead.push(link);
      }
    }
    expect(dead).toEqual([]);
    expect(forms.size).toBeGreaterThan(8);
    expect(await deadLinks(page, [...forms.values()])).toEqual([]);
  });
});

/** What kind of place a link leads to: the names of operations, fields and statuses are left out. */
function formOf(link: string): string {
  const [, place = '', part = ''] = new URL(link).hash.split('#');
  const kind = place.startsWith('/schemas/') ? 'schema' : place.split('/').length;
  return `${kind} ${part.replace(place.slice(1), '').replace(/(?<=path=).*|(?<=c=)\w+/g, '')}`;
}

function isInReference(link: string): boolean {
  return link.includes('/reference.html');
}

/** The addresses of all links that are drawn. */
function linksOf(page: Page): Promise<string[]> {
  return page.$$eval('a[href]', (links) => links.map((link) => (link as HTMLAnchorElement).href));
}

/** The places of the reference, by the navigation. */
async function placesOf(page: Page, reference: string): Promise<string[]> {
  const links = await page.$$eval('.contents a', (all) =>
    all.map((link) => (link as HTMLAnchorElement).href),
  );
  return links.filter((link) => link.startsWith(reference));
}

/** Those that do not show, in a tab that knows nothing of the page that they are from, what they lead to. */
async function deadLinks(page: Page, links: string[]): Promise<string[]> {
  const dead: string[] = [];
  for (const link of links) {
    await openFresh(page, link);
    const { hash } = new URL(link);
    if (hash === '') continue;
    await page
      .waitForFunction(isShown, { timeout: 5_000 }, decodeURIComponent(hash))
      .catch(() => dead.push(link));
  }
  return dead;
}

/** @throws when there is no such file */
async function openFresh(page: Page, link: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(link);
  await whenDrawn(page);
}

/** Runs in the page: whether what an address leads to is drawn, and near the top where the page is long enough. */
function isShown(hash: string): boolean {
  const [, place, part] = /^#(\/[^#]*)#?(.*)$/.exec(hash) ?? [];
  const target =
    place === undefined || part
      ? document.getElementById(part ?? hash.slice(1))
      : document.querySelector(`[data-section-id="${place}"]`);
  if (!target?.hasChildNodes()) return false;
  const { top, bottom } = target.getBoundingClientRect();
  const atTheEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  return bottom > 0 && top < (atTheEnd ? innerHeight : 300);
}
