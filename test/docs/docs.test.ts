import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Ended, ProjectCopy } from '../helpers/project-copy.ts';
import { severeFindings } from './accessibility.ts';
import { launchChromium } from './chromium.ts';
import { openPage, visibleText } from './open-page.ts';

const landing = '';
const operation = '#/invitations/createreconnectinvitation';
const webhook = '#/webhooks/onconnectionupdated';

describe('the docs, opened as a file with the network off', () => {
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

  test('are one file of at most 3 MB', () => {
    expect(built).toMatchObject({ code: 0, stderr: '' });
    const files = project.snapshot('dist/docs');
    expect([...files.keys()]).toEqual(['index.html']);
    expect(Buffer.byteLength(files.get('index.html') ?? '')).toBeLessThanOrEqual(3_000_000);
  });

  test.for([
    { place: landing, heading: 'Nectar Climate External API' },
    { place: operation, heading: 'Create a reconnect invitation' },
    { place: webhook, heading: 'Receive a changed connection' },
  ])('are readable, quiet and alone at "$heading", in both colour modes', async ({ place, heading }) => {
    await using opened = await openPage(browser, url + place);
    const { page, requests, complaints } = opened;
    const found = await page.waitForSelector(`::-p-xpath((//h1|//h2)[contains(., "${heading}")])`);
    expect(await found?.isIntersectingViewport()).toBe(true);
    expect(await page.title()).toBe('Nectar Climate External API');
    expect(await severeFindings(page)).toEqual([]);
    await page.locator('[data-testid="color-mode-switcher"]').click();
    await page.waitForFunction(() => document.documentElement.className === 'dark');
    expect(await severeFindings(page)).toEqual([]);
    expect(requests.filter((address) => !/^(?:data|blob):/.test(address))).toEqual([url + place]);
    expect(complaints).toEqual([]);
  });

  test('start in the colours that the reader prefers', async () => {
    await using opened = await openPage(browser, url, { colors: 'dark' });
    expect(await opened.page.evaluate(() => document.documentElement.className)).toBe('dark');
  });

  test('let no script reach another host', async () => {
    await using opened = await openPage(browser, url);
    const { page, complaints } = opened;
    expect(await page.evaluate(() => fetch('http://127.0.0.1:9/').catch(String))).toContain('TypeError');
    expect(complaints.join()).toContain('Content Security Policy');
  });

  test('say of a part how sure it is, unless the vendor states it', async () => {
    await using opened = await openPage(browser, url + operation);
    const { page } = opened;
    await page.locator('::-p-text(Create a reconnect invitation)').wait();
    const text = await visibleText(page);
    expect(text).toContain('Inferred: The page shows the body without a status code.');
    expect(text).toContain('Seen only in an example (source).');
    expect(text).not.toMatch(/\bStated\b/);
  });

  test('offer every named example of a request by its summary', async () => {
    await using opened = await openPage(browser, url + operation);
    const { page } = opened;
    const [chosen, ...others] = [
      'Only the owner of the login, once',
      'Anyone with the link, as often as they like, for good',
      'Mailed to two people, valid for a week',
    ];
    await page.locator(`::-p-xpath((//button[contains(., "${chosen}")])[1])`).click();
    for (const summary of others) await page.locator(`::-p-text(${summary})`).wait();
  });

  test('lead from the name of a field to its operation, by keyboard alone', async () => {
    await using opened = await openPage(browser, url);
    const { page } = opened;
    // The page listens to its keys a moment after it can be read.
    await vi.waitFor(async () => {
      await page.keyboard.down('Control');
      await page.keyboard.press('KeyK');
      await page.keyboard.up('Control');
      await page.waitForSelector('input[placeholder^="Search"]', { timeout: 500 });
    }, 5_000);
    await page.keyboard.type('expiresInSeconds');
    await page.waitForSelector('::-p-text(request fields)');
    expect(await visibleText(page)).toContain('Seconds until the invitation expires.');
    expect(await severeFindings(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /^#\/invitations\/create\w+/.test(location.hash));
  });

  test('fit a phone', async () => {
    await using opened = await openPage(browser, url + operation, { width: 390 });
    const { page } = opened;
    await page.locator('::-p-text(Create a reconnect invitation)').wait();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await severeFindings(page)).toEqual([]);
  });
});
