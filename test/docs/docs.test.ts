import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readChapters, slug } from '../../scripts/docs/chapters.ts';
import { type Ended, ProjectCopy } from '../helpers/project-copy.ts';
import { accessibilityFindings, colorsAlone } from './accessibility.ts';
import { launchChromium } from './chromium.ts';
import { land, openGroup, waitForHeading } from './navigation.ts';
import { openPage, visibleText } from './open-page.ts';
import { places } from './places.ts';

const operation = {
  hash: '#/invitations/createreconnectinvitation',
  heading: 'Create a reconnect invitation',
};

/** One of each kind, where the page is looked at closely. */
const kinds = [
  { hash: '#/', heading: 'Nectar Climate External API' },
  { hash: '#/webhooks/onconnectionupdated', heading: 'Receive a changed connection' },
  { hash: '#/schemas/invitation', heading: 'Invitation' },
  operation,
];

// A page of this size takes its time where other tests keep the cores busy.
describe('the docs, opened as a file with the network off', { timeout: 40_000 }, () => {
  const project = new ProjectCopy();
  let built: Ended;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    [built, browser] = await Promise.all([project.run('docs.ts'), launchChromium()]);
    url = pathToFileURL(join(project.root, 'dist/docs/index.html')).href;
  });
  afterAll(async () => {
    await browser?.close();
    project[Symbol.dispose]();
  });

  test('are a page of at most 3 MB', () => {
    expect(built).toMatchObject({ code: 0, stderr: '' });
    expect(Buffer.byteLength(project.read('dist/docs/index.html'))).toBeLessThanOrEqual(3_000_000);
  });

  test('are readable, quiet and alone, in both colour modes', async () => {
    await using opened = await openPage(browser, url + operation.hash);
    const { page, requests, complaints } = opened;
    await waitForHeading(page, operation.heading);
    expect(await page.title()).toBe('Nectar Climate External API');
    for (const { hash, heading } of kinds) {
      await land(page, hash, heading);
      expect(await accessibilityFindings(page), heading).toEqual([]);
    }
    await page.locator('[data-testid="color-mode-switcher"]').click();
    await page.waitForFunction(() => document.documentElement.className === 'dark');
    for (const { hash, heading } of kinds) {
      await land(page, hash, heading);
      expect(await accessibilityFindings(page, colorsAlone), heading).toEqual([]);
    }
    expect(requests.filter((address) => !/^(?:data|blob):/.test(address))).toEqual([url + operation.hash]);
    expect(complaints).toEqual([]);
  });

  test('lead to every chapter, operation, webhook and schema, and name each example', async () => {
    // A low window shows less of what is around each place, so that it is drawn faster.
    await using opened = await openPage(browser, url, { height: 400 });
    const { page, complaints } = opened;
    for (const { title } of readChapters({ chapter: slug, operation: slug })) {
      await page.waitForSelector(`[role="navigation"] [data-text="${title}"]`);
      await land(page, `#section/${slug(title)}`, title);
    }
    const missing: string[] = [];
    for (const [group, members] of places) {
      const entries = await openGroup(page, group);
      for (const { title, cases } of members) {
        const hash = entries.get(title);
        if (hash === undefined) {
          missing.push(title);
          continue;
        }
        await land(page, hash, title);
        if (cases.length === 0) continue;
        const text = await visibleText(page);
        missing.push(...cases.filter((summary) => !text.includes(summary)));
      }
    }
    expect(missing).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('show a call by curl and by the client, and say of a part how sure it is', async () => {
    await using opened = await openPage(browser, url + operation.hash);
    const { page } = opened;
    await waitForHeading(page, operation.heading);
    const text = await visibleText(page);
    expect(text).toContain("curl 'https://external.nectarclimate.com/v2/invitation/connection/");
    expect(text).toContain('Inferred: The page shows the body without a status code.');
    expect(text).toContain('Seen only in an example (source).');
    expect(text).toContain('Stated by the vendor (source).');
    await page.locator('::-p-xpath((//button[contains(., "curl")])[1])').click();
    await page.locator('::-p-text(TypeScript)').click();
    await page.waitForSelector('::-p-text(nectar.createReconnectInvitation)');
    expect(await accessibilityFindings(page, colorsAlone)).toEqual([]);
  });

  test('lead from the name of a field to its operation, by keyboard alone', async () => {
    await using opened = await openPage(browser, url);
    const { page } = opened;
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('input[placeholder^="Search"]');
    await page.keyboard.type('expiresInSeconds');
    await page.waitForSelector('::-p-text(request fields)');
    expect(await visibleText(page)).toContain('Seconds until the invitation expires.');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /^#\/invitations\/create\w+/.test(location.hash));
  });

  test('fit a phone, in the colours that its owner prefers', async () => {
    await using opened = await openPage(browser, url, { width: 390, colors: 'dark' });
    const { page } = opened;
    for (const { hash, heading } of kinds) {
      await land(page, hash, heading);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), heading).toBe(390);
    }
    expect(await page.evaluate(() => document.documentElement.className)).toBe('dark');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.locator('[data-testid="floating-button"]').click();
    await page.locator('[role="navigation"] ::-p-text(Get an invitation)').click();
    await waitForHeading(page, 'Get an invitation');
  });

  test('let nothing in them reach another host', async () => {
    let reached = 0;
    const other = createServer((_request, response) => {
      reached++;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    await using opened = await openPage(browser, url);
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
