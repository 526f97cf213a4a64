import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { accessibilityFindings, colorsAlone, everything, widthAlone } from './accessibility.ts';
import { useDocs } from './built-docs.ts';
import { copiedBy } from './copied-by.ts';
import { deadInFreshTabs } from './links.ts';
import { land, waitForHeading } from './navigation.ts';
import { openPage, outside } from './open-page.ts';
import { kinds } from './places.ts';

const title = 'Nectar Climate External API';
/** Together they have every kind of element. */
const samplePages = [
  'index.html',
  'guide/authentication.html',
  'guide/client.html',
  'guide/get-started.html',
  'guide/reconnect.html',
  'guide/webhooks.html',
  'guide/your-contract.html',
];

describe('the docs, opened as files with the network off', () => {
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

  test('have a page for each chapter, with a title of its own and headings in order', () => {
    const titles = guidePages().map((name) => /<title>(.*)<\/title>/.exec(docs.files.get(name) ?? '')?.[1]);
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles).toContain(`Errors · ${title}`);
    for (const name of guidePages()) {
      const levels = Array.from((docs.files.get(name) ?? '').matchAll(/<h([1-6])/g), ([, level]) =>
        Number(level),
      );
      expect(levels[0], name).toBe(1);
      expect(
        levels.filter((level) => level === 1),
        name,
      ).toEqual([1]);
      expect(
        levels.filter((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1),
        name,
      ).toEqual([]);
    }
  });

  test('are accessible, without errors, in both color modes', async () => {
    await using opened = await openPage(docs.browser, docs.url('index.html'));
    const { page, requests, complaints } = opened;
    for (const name of samplePages) {
      await page.goto(docs.url(name));
      expect(await accessibilityFindings(page), name).toEqual([]);
      await useColors(page, 'dark');
      expect(await accessibilityFindings(page, colorsAlone), name).toEqual([]);
      await useColors(page, 'light');
    }
    expect(outside(requests, docs.url(''))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('remember the chosen colors', async () => {
    await using opened = await openPage(docs.browser, docs.url('index.html'));
    await useColors(opened.page, 'dark');
    const other = await opened.page.browserContext().newPage();
    // Chromium takes its time to tell another page what this one has stored.
    do await other.goto(docs.url('guide/errors.html'));
    while ((await other.evaluate(() => document.documentElement.className)) !== 'dark');
    expect(await other.$eval('.colors', (button) => button.ariaLabel)).toBe('Use light colors');
  });

  test('have no kind of element that those pages do not have', () => {
    const kindsOn = (name: string) => {
      const [, main = ''] = (docs.files.get(name) ?? '').split('<main');
      return Array.from(
        main.matchAll(/<(\w+)(?=[\s>])[^>]*?(?: class="([^"]*)")?[^>]*>/g),
        ([, tag, classes = '']) => [tag, ...classes.split(' ')],
      ).flat();
    };
    const covered = new Set(samplePages.flatMap(kindsOn));
    const others = guidePages().flatMap((name) => kindsOn(name).map((kind) => `${kind} on ${name}`));
    expect(others.filter((other) => !covered.has(other.replace(/ on .*/, '')))).toEqual([]);
  });

  test('fit a phone, without errors and external requests, with the method and the path at the top', async () => {
    await using opened = await openPage(docs.browser, docs.url('reference.html#/'), {
      width: 390,
      colors: 'dark',
    });
    const { page, requests, complaints } = opened;
    for (const { hash, heading } of kinds) {
      await land(page, hash, heading);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), heading).toBe(390);
    }
    expect(await page.evaluate(() => document.documentElement.className)).toContain('dark');
    const path = await page.waitForSelector('h2 ::-p-text(POST /invitation/connection/{connection_id})');
    expect((await path?.boundingBox())?.y).toBeLessThan(300);
    expect(await accessibilityFindings(page, widthAlone)).toEqual([]);
    await page.locator('.menu').click();
    expect(await accessibilityFindings(page, everything, 'nav.contents')).toEqual([]);
    await page.locator('.contents ::-p-text(Get an invitation)').click();
    await waitForHeading(page, 'Get an invitation');
    for (const name of guidePages()) {
      await page.goto(docs.url(name));
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(390);
    }
    await page.goto(docs.url('guide/errors.html'));
    expect(await accessibilityFindings(page, widthAlone)).toEqual([]);
    const heading = docs.url('guide/errors.html#in-your-logs');
    expect(await deadInFreshTabs(page, [heading])).toEqual([]);
    expect(outside(requests, docs.url(''))).toEqual([]);
    expect(complaints).toEqual([]);
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
    await using opened = await openPage(docs.browser, docs.url('index.html'));
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
    expect(reached).toBe(0);
    other.close();
  });
});

async function useColors(page: Page, colors: 'light' | 'dark'): Promise<void> {
  await page.locator(`::-p-aria(Use ${colors} colors)`).click();
  await page.waitForFunction((name) => document.documentElement.className === name, {}, colors);
}

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
