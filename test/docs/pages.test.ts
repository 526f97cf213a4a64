import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { accessibilityFindings, colorsAlone } from './accessibility.ts';
import { useDocs } from './built-docs.ts';
import { copiedBy } from './copied-by.ts';
import { land, waitForHeading } from './navigation.ts';
import { openPage, outside } from './open-page.ts';
import { kinds } from './places.ts';

const title = 'Nectar Climate External API';
/** The first page, one with tables, code and links, and one that is made from the contract. */
const samplePages = ['index.html', 'guide/errors.html', 'guide/mock-scenarios.html'];

// The reference takes its time where other tests keep the cores busy.
describe('the docs, opened as files with the network off', { timeout: 60_000 }, () => {
  const docs = useDocs();
  const guidePages = () => [...docs.files.keys()].filter((name) => /^(?:index|guide\/.+)\.html$/.test(name));

  test('load at most 3 MB for a page', () => {
    const size = (name: string) => Buffer.byteLength(docs.files.get(name) ?? '');
    const shared = [...docs.files.keys()].filter((name) => name.startsWith('assets/'));
    const sizes = [...guidePages(), 'reference.html'].map((name) =>
      [name, ...shared].map(size).reduce((sum, each) => sum + each, 0),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3_000_000);
  });

  test('have a page for each chapter: accessible, without errors and external requests, in both color modes', async () => {
    const titles = new Set<string>();
    await using opened = await openPage(docs.browser, docs.url('index.html'));
    const { page, requests, complaints } = opened;
    for (const name of guidePages()) {
      await page.goto(docs.url(name));
      titles.add(await page.title());
      expect(await page.$$eval('h1', (headings) => headings.length), name).toBe(1);
      expect(await accessibilityFindings(page), name).toEqual([]);
    }
    await page.locator('.colors').click();
    await page.waitForFunction(() => document.documentElement.className === 'dark');
    for (const name of samplePages) {
      await page.goto(docs.url(name));
      expect(await page.evaluate(() => document.documentElement.className)).toBe('dark');
      expect(await accessibilityFindings(page, colorsAlone), name).toEqual([]);
    }
    expect(outside(requests, docs.url(''))).toEqual([]);
    expect(complaints).toEqual([]);
    expect(titles.size).toBe(guidePages().length);
    expect(titles).toContain(`Errors · ${title}`);
  });

  test('fit a phone, with the method and the path at the top', async () => {
    await using opened = await openPage(docs.browser, docs.url('reference.html#/'), {
      width: 390,
      colors: 'dark',
    });
    const { page } = opened;
    for (const { hash, heading } of kinds) {
      await land(page, hash, heading);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), heading).toBe(390);
    }
    expect(await page.evaluate(() => document.documentElement.className)).toContain('dark');
    expect(await accessibilityFindings(page)).toEqual([]);
    const path = await page.waitForSelector('h2 ::-p-text(POST /invitation/connection/{connection_id})');
    expect((await path?.boundingBox())?.y).toBeLessThan(300);
    await page.locator('.menu').click();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.locator('.contents ::-p-text(Get an invitation)').click();
    await waitForHeading(page, 'Get an invitation');
    for (const name of guidePages()) {
      await page.goto(docs.url(name));
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(390);
    }
    for (const name of samplePages) {
      await page.goto(docs.url(name));
      expect(await accessibilityFindings(page), name).toEqual([]);
    }
  });

  test('copy a block of the guide', async () => {
    await using opened = await openPage(docs.browser, docs.url('guide/get-started.html'));
    expect(await opened.page.evaluate(copiedBy, '.copy')).toBe('npm ci && npm run gen\nnpm run sandbox');
  });

  test('do not reach another host', async () => {
    let reached = 0;
    const other = createServer((_request, response) => {
      reached++;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    for (const name of ['index.html', 'reference.html']) {
      await using opened = await openPage(docs.browser, docs.url(name));
      const { page } = opened;
      await page.setOfflineMode(false);
      const refused = await page.evaluate(
        tryEverything,
        `http://127.0.0.1:${(other.address() as AddressInfo).port}/`,
      );
      expect(refused).toEqual([
        'connect-src',
        'form-action',
        'frame-src',
        'img-src',
        'script-src-elem',
        'style-src-elem',
      ]);
    }
    expect(reached).toBe(0);
    other.close();
  });
});

/** Runs in the page: tries each way out, and returns the rules of the page's policy that have refused one. */
async function tryEverything(address: string): Promise<string[]> {
  const refused = new Set<string>();
  const all = new Promise<void>((resolve) => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
      refused.add(effectiveDirective);
      if (refused.size === 6) resolve();
    });
  });
  fetch(address).catch(() => undefined);
  const elements = {
    img: { src: address },
    script: { src: address },
    link: { rel: 'stylesheet', href: address },
    iframe: { src: address },
    form: { action: address, method: 'post' },
  };
  for (const [name, properties] of Object.entries(elements)) {
    document.body.append(Object.assign(document.createElement(name), properties));
  }
  document.querySelector('form')?.submit();
  await all;
  return [...refused].sort();
}
