import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { accessibilityFindings, colorsAlone } from './accessibility.ts';
import { useDocs } from './built-docs.ts';
import { land, waitForHeading } from './navigation.ts';
import { openPage, visibleText } from './open-page.ts';
import { places } from './places.ts';

const title = 'Nectar Climate External API';
const reconnect = '#/invitations/createreconnectinvitation';

/** One of each kind, where the reference is looked at closely. */
const kinds = [
  { hash: '#/', heading: title },
  { hash: '#/invitations', heading: 'Invitations' },
  { hash: '#/webhooks/onconnectionupdated', heading: 'connection.updated.v2' },
  { hash: '#/schemas/connection', heading: 'Connection' },
  { hash: reconnect, heading: 'Create a reconnect invitation' },
];

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

  test('have a page for each chapter: readable, quiet and alone, in both color modes', async () => {
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

  test('show the reference: readable, quiet and alone, in both color modes, under a title that says where', async () => {
    await using opened = await openPage(docs.browser, docs.url(`reference.html${reconnect}`));
    const { page, requests, complaints } = opened;
    await waitForHeading(page, 'Create a reconnect invitation');
    expect(await page.title()).toBe(`Create a reconnect invitation · ${title}`);
    for (const { hash, heading } of kinds) {
      await land(page, hash, heading);
      expect(await accessibilityFindings(page), heading).toEqual([]);
    }
    expect(await page.title()).toBe(`Create a reconnect invitation · ${title}`);
    await page.locator('::-p-aria(Use dark colors)').click();
    for (const { hash, heading } of kinds.slice(2)) {
      await land(page, hash, heading);
      expect(await accessibilityFindings(page, colorsAlone), heading).toEqual([]);
    }
    await land(page, '#/schemas/invitationstatus', 'InvitationStatus');
    await page.waitForFunction((text) => document.title === text, {}, `InvitationStatus · ${title}`);
    expect(outside(requests, docs.url(''))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('name every operation, event and schema, and each example', async () => {
    // A low window shows less of what is around each place, so that it is drawn faster.
    await using opened = await openPage(docs.browser, docs.url('reference.html#/'), { height: 400 });
    const { page, complaints } = opened;
    const entries = await page.$$eval('.contents details a', (links) =>
      links.map(({ hash, textContent }) => [hash, textContent]),
    );
    const named = new Map(entries.map(([hash, text]) => [hash, text?.replace(/[A-Z]+$/, '')]));
    const scenarios = docs.files.get('guide/mock-scenarios.html') ?? '';
    const missing: string[] = [];
    for (const { title, hash, cases } of [...places.values()].flat()) {
      expect(named.get(hash)?.replace(/\s/g, '')).toContain(title.replace(/[A-Z]+$/, '').replace(/\s/g, ''));
      await land(page, hash, title);
      if (cases.length === 0) continue;
      const text = (await visibleText(page)) + scenarios;
      missing.push(...cases.filter((summary) => !text.includes(summary)));
    }
    expect(missing).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('show each example of a call in curl and TypeScript, and copy the one that is shown', async () => {
    await using opened = await openPage(docs.browser, docs.url(`reference.html${reconnect}`));
    const { page } = opened;
    await waitForHeading(page, 'Create a reconnect invitation');
    const panel = '.panel-request-samples';
    const code = () => page.$eval(`${panel} pre`, (element) => element.textContent);
    expect(await code()).toContain('"maxUses": 1');
    await page.locator(`${panel} ::-p-text(Only the owner of the login, once)`).click();
    await page.locator('[role="menuitem"] ::-p-text(Anyone with the link)').click();
    await page.waitForFunction(
      (place) => document.querySelector(`${place} pre`)?.textContent.includes("--data '{}'"),
      {},
      panel,
    );
    for (const [label, call] of [
      ['openapi-fetch', "api.POST('/invitation/connection/{connection_id}'"],
      ['Methods', 'nectar.createReconnectInvitation('],
    ] as const) {
      await page.locator(`${panel} [aria-haspopup="menu"]`).click();
      await page.locator(`[role="menuitem"]::-p-text(${label})`).click();
      await page.waitForFunction(
        (place, text) => document.querySelector(`${place} pre`)?.textContent.includes(text),
        {},
        panel,
        call,
      );
      expect(await accessibilityFindings(page, colorsAlone)).toEqual([]);
    }
    const copied = await page.evaluate(copiedBy, `${panel} [data-testid="copy-button"]`);
    expect(copied).toBe(await code());
    expect(copied).toContain(', {});');
  });

  test('say of an open list of values that it is open, of a part how sure it is, and give an example', async () => {
    await using opened = await openPage(docs.browser, docs.url('reference.html#/schemas/invitationstatus'));
    const { page } = opened;
    await waitForHeading(page, 'InvitationStatus');
    expect(await visibleText(page)).toContain('Known values; others can be added at any time:');
    expect(await visibleText(page)).not.toContain('Enum Value');
    await land(page, reconnect, 'Create a reconnect invitation');
    const text = await visibleText(page);
    expect(text).toContain('Inferred: The page shows the body without a status code.');
    expect(text).toContain('Seen only in an example (source).');
    expect(text).toMatch(/Stated by the vendor \(source 1, source 2/);
    expect(text).toMatch(/Seconds until the invitation expires\.[\s\S]{0,300}Example: ?\s*604800/);
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

  test('let nothing in them reach another host', async () => {
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

/** The requests that left the docs. */
function outside(requests: string[], root: string): string[] {
  return requests.filter((address) => !/^(?:data|blob):/.test(address) && !address.startsWith(root));
}

/** Runs in the page: what a click on a button puts into the clipboard. */
async function copiedBy(selector: string): Promise<string | undefined> {
  const written = new Promise<string>((resolve) => {
    navigator.clipboard.writeText = async (text) => resolve(text);
    // Redoc copies as older browsers do.
    document.addEventListener('copy', () => resolve(String(getSelection())), { capture: true });
  });
  document.querySelector<HTMLElement>(selector)?.click();
  return written;
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
