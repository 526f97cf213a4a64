import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFindings, colorsAlone } from './accessibility.ts';
import { useDocs } from './built-docs.ts';
import { copiedBy } from './copied-by.ts';
import { deadInFreshTabs, deadLinks, linksOf, missingIds, placesOf } from './links.ts';
import { land, waitForHeading } from './navigation.ts';
import { type OpenPage, openPage, outside, visibleText } from './open-page.ts';
import { kinds, places } from './places.ts';

const title = 'Nectar Climate External API';
const reconnect = '#/invitations/createreconnectinvitation';

describe('the pages of the reference, opened as a file with the network off', () => {
  const docs = useDocs();
  let opened: OpenPage;
  beforeAll(async () => {
    opened = await openPage(docs.browser, docs.url(`reference.html${reconnect}`));
    await waitForHeading(opened.page, 'Create a reconnect invitation');
  });
  afterAll(() => opened?.[Symbol.asyncDispose]());

  test('are accessible, in both color modes, with a title of their place', async () => {
    const { page } = opened;
    expect(await page.title()).toBe(`Create a reconnect invitation · ${title}`);
    for (const { hash, heading } of kinds) {
      await land(page, hash, heading);
      expect(await accessibilityFindings(page), heading).toEqual([]);
      await page.locator('::-p-aria(Use dark colors)').click();
      await waitForHeading(page, heading);
      expect(await accessibilityFindings(page, colorsAlone, 'main'), heading).toEqual([]);
      await page.locator('::-p-aria(Use light colors)').click();
    }
    expect(await page.title()).toBe(`Create a reconnect invitation · ${title}`);
    await land(page, '#/schemas/invitationstatus', 'InvitationStatus');
    await page.waitForFunction((text) => document.title === text, {}, `InvitationStatus · ${title}`);
  });

  test('show that an open enum is open, how certain a part is, and an example', async () => {
    const { page } = opened;
    await land(page, '#/schemas/invitationstatus', 'InvitationStatus');
    expect(await visibleText(page)).toContain('Known values; others can be added at any time:');
    expect(await visibleText(page)).not.toContain('Enum Value');
    await land(page, reconnect, 'Create a reconnect invitation');
    const text = await visibleText(page);
    expect(text).toContain('Inferred: The page shows the body without a status code.');
    expect(text).toContain('Seen only in an example (source).');
    expect(text).toMatch(/Stated by the vendor \(source 1, source 2/);
    expect(text).toMatch(/Seconds until the invitation expires\.[\s\S]{0,300}Example: ?\s*604800/);
  });

  test('show each example of a call in curl and TypeScript, and copy the one that is shown', async () => {
    const { page } = opened;
    await land(page, reconnect, 'Create a reconnect invitation');
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
      expect(await accessibilityFindings(page, colorsAlone, panel)).toEqual([]);
    }
    const copied = await page.evaluate(copiedBy, `${panel} [data-testid="copy-button"]`);
    expect(copied).toBe(await code());
    expect(copied).toContain(', {});');
  });

  test('contain every operation, event and schema, each with its examples and without dead links', async () => {
    const { page } = opened;
    const addresses = new Set(await placesOf(page));
    const entries = await page.$$eval('.contents details a', (links) =>
      links.map(({ hash, textContent }) => [hash, textContent]),
    );
    const named = new Map(entries.map(([hash, text]) => [hash, text?.replace(/[A-Z]+$/, '')]));
    const scenarios = docs.files.get('guide/mock-scenarios.html') ?? '';
    const missing: string[] = [];
    const dead: string[] = [];
    const forms = new Map<string, string>();
    const shapes = new Set<string>();
    for (const { title, hash, cases, shape = hash } of [...places.values()].flat()) {
      expect(named.get(hash)?.replace(/\s/g, '')).toContain(title.replace(/[A-Z]+$/, '').replace(/\s/g, ''));
      if (shapes.has(shape)) continue;
      shapes.add(shape);
      await land(page, hash, title);
      const text = cases.length > 0 ? (await visibleText(page)) + scenarios : '';
      missing.push(...cases.filter((summary) => !text.includes(summary)));

      const links = (await linksOf(page)).filter((link) => link.includes('/reference.html#'));
      for (const link of links) forms.set(formOf(link), link);
      // What follows the last # is an element, unless it is a place.
      const targets = links.map((link) => decodeURIComponent(new URL(link).hash.split('#').at(-1) ?? ''));
      dead.push(
        ...(await missingIds(
          page,
          targets.filter((target) => !target.startsWith('/')),
        )),
      );
      const isPlace = (link: string) => addresses.has(link) || /#\/[\w-]*$/.test(link);
      dead.push(...links.filter((link, index) => targets[index]?.startsWith('/') && !isPlace(link)));
    }
    expect(missing).toEqual([]);
    expect(dead).toEqual([]);
    // One of each form is opened, and some also in a fresh tab, which takes most of a second.
    expect(forms.size).toBeGreaterThan(8);
    expect(await deadLinks(page, forms.values())).toEqual([]);
    const fresh = ['schema ', '3 /t=response&c=&path='].map((form) => forms.get(form) ?? form);
    expect(await deadInFreshTabs(page, fresh)).toEqual([]);
  });

  test('load nothing from elsewhere, and have nothing to complain about', () => {
    expect(outside(opened.requests, docs.url(''))).toEqual([]);
    expect(opened.complaints).toEqual([]);
  });
});

/** What kind of place a link leads to: the names of operations, fields, statuses and parts of a request are left out. */
function formOf(link: string): string {
  const [, place = '', part = ''] = new URL(link).hash.split('#');
  const kind = place.startsWith('/schemas/') ? 'schema' : place.split('/').length;
  const form = part.replace(place.slice(1), '').replace(/(?<=path=).*|(?<=c=)\w+/g, '');
  return `${kind} ${form.replace(/(?<=in=|request\/)\w+/, '')}`;
}
