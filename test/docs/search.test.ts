import MiniSearch from 'minisearch';
import type { Page } from 'puppeteer-core';
import { describe, expect, test } from 'vitest';
import { findPlaces, searchOptions } from '../../scripts/docs/search/search.ts';
import { writeSearchIndex } from '../../scripts/docs/search/write-index.ts';
import { accessibilityFindings, everything } from './accessibility.ts';
import { useDocs } from './built-docs.ts';
import { openPage } from './open-page.ts';
import { source } from './source.ts';

/** What readers type, and the address of the place that they look for. */
const expected: Record<string, string> = {
  outcome: 'guide/retries.html',
  retry: 'guide/retries.html',
  errors: 'guide/errors.html',
  '401': 'guide/errors.html',
  'X-API-KEY': 'guide/authentication.html',
  authentication: 'guide/authentication.html',
  maxConcurrent: 'guide/limits.html',
  webhook: 'guide/webhooks.html',
  versions: 'guide/versions.html',
  inferred: 'guide/certainty.html',
  mock: 'guide/mock-scenarios.html',
  createReconnectInvitation: 'reference.html#/invitations/createreconnectinvitation',
  'reconnect invitation': 'reference.html#/invitations/createreconnectinvitation',
  expiresInSeconds: 'reference.html#/invitations/createreconnectinvitation',
  '/invitation/connection': 'reference.html#/invitations/createreconnectinvitation',
  'list connections': 'reference.html#/connections/listconnections',
  pagination: 'reference.html#/connections/listconnections',
  revoke: 'reference.html#/invitations/revokeinvitation',
  ping: 'reference.html#/service/ping',
  'connection.updated.v2': 'reference.html#/webhooks/onconnectionupdated',
  'svix-signature': 'guide/webhooks.html',
  ConnectionStatus: 'reference.html#/schemas/connectionstatus',
  FULFILLED: 'reference.html#/schemas/invitationstatus',
  'rate limit': 'guide/limits.html',
  '429': 'guide/retries.html#after-a-429',
  TimeoutError: 'guide/errors.html#what-the-clients-throw',
  resend: 'guide/reconnect.html#invite-the-owner',
  'openapi.yaml': 'guide/get-started.html#openapiyaml-in-other-languages-and-tools',
  python: 'guide/get-started.html#openapiyaml-in-other-languages-and-tools',
  postman: 'guide/get-started.html#openapiyaml-in-other-languages-and-tools',
  // Words that are spelled wrong are found as well.
  recieve: 'guide/webhooks.html',
  authentcation: 'guide/authentication.html',
};

const index = MiniSearch.loadJSON(
  writeSearchIndex(source).replace(/^docsSearchIndex = |;\n$/g, ''),
  searchOptions,
);

test.each(Object.entries(expected))(
  '%s finds its place first, in the guide or the reference',
  (words, place) => {
    expect(findPlaces(index, words)[0]?.address).toBe(place);
  },
);

test('a field of an inline object is found', () => {
  const schema = { properties: { owner: { properties: { nickname: { type: 'string' } } } } };
  const document = structuredClone(source.document);
  Object.assign(document.components.schemas, { Boat: schema });
  const found = MiniSearch.loadJSON(
    writeSearchIndex({ ...source, document }).replace(/^docsSearchIndex = |;\n$/g, ''),
    searchOptions,
  );
  expect(findPlaces(found, 'nickname')[0]?.title).toBe('Boat');
});

describe('the search', () => {
  const docs = useDocs();

  test('works by keyboard alone, from the guide to a place in the reference and back', async () => {
    await using opened = await openPage(docs.browser, docs.url('index.html'));
    const { page } = opened;
    await page.keyboard.down('Control');
    await page.keyboard.press('k');
    await page.keyboard.up('Control');
    // Before anything is typed, it shows where most readers start.
    await page.waitForSelector('[role="option"]');
    expect(await page.$eval('[role="option"] strong', (title) => title.textContent)).toBe('Get started');
    await search(page, 'company');
    expect(await accessibilityFindings(page, everything, 'dialog.search')).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    const second = await page.$eval(
      '.search [aria-selected="true"]',
      (link) => (link as HTMLAnchorElement).href,
    );
    expect(await page.$eval('.search input', (input) => input.getAttribute('aria-activedescendant'))).toBe(
      'result-1',
    );
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(page.url()).toBe(second);

    await page.keyboard.press('/');
    await search(page, 'revokeInvitation');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    await page.waitForFunction(() => document.title.startsWith('Revoke an invitation'));

    await page.keyboard.press('/');
    await search(page, 'versions');
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
    expect(page.url()).toBe(docs.url('guide/versions.html'));
  });

  test('says that nothing was found, and closes', async () => {
    await using opened = await openPage(docs.browser, docs.url('guide/limits.html'));
    const { page } = opened;
    await page.click('.search-trigger');
    await page.keyboard.type('zzxqy');
    await page.waitForSelector('::-p-text(Nothing was found for "zzxqy".)');
    expect(await accessibilityFindings(page, everything, 'dialog.search')).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await page.$eval('dialog.search', (dialog) => (dialog as HTMLDialogElement).open)).toBe(false);
  });
});

/** Types words into the search that is open, and returns the addresses of what it finds. */
async function search(page: Page, words: string): Promise<string[]> {
  await page.waitForFunction(() => document.activeElement?.matches('dialog.search input'));
  await page.$eval('dialog.search input', (input) => {
    (input as HTMLInputElement).value = '';
    input.dispatchEvent(new Event('input'));
  });
  await page.keyboard.type(words);
  await page.waitForSelector('[role="option"]');
  return page.$$eval('[role="option"]', (links) => links.map((link) => (link as HTMLAnchorElement).href));
}
