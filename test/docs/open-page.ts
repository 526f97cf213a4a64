import type { Browser, Page } from 'puppeteer-core';

/** A page of the docs, and everything that it did which a test may object to. */
export interface OpenPage extends AsyncDisposable {
  page: Page;
  /** Addresses that were asked for, whether or not the request was let through. */
  requests: string[];
  /** Errors and warnings of the console, and uncaught exceptions. */
  complaints: string[];
}

export interface View {
  colors: 'light' | 'dark';
  width: number;
  height: number;
}

/** Opens an address with the network off, and waits until the page is interactive. */
export async function openPage(
  browser: Browser,
  url: string,
  { colors = 'light', width = 1400, height = 900 }: Partial<View> = {},
): Promise<OpenPage> {
  // A context of its own, so that no colour mode is remembered from the page before.
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.setOfflineMode(true);
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colors }]);
  await page.goto(url, { waitUntil: 'load' });
  await whenDrawn(page);
  return { page, requests, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** Until Redoc's script takes over what was drawn beforehand, the reference is not interactive. */
export async function whenDrawn(page: Page): Promise<void> {
  await page.waitForFunction(
    () => !document.querySelector('[data-testid="search-trigger"]')?.textContent.includes('Loading'),
  );
}

/** What a reader sees. */
export function visibleText(page: Page): Promise<string> {
  return page.evaluate(() => document.body.innerText);
}

/** The requests that left the docs. */
export function outside(requests: string[], root: string): string[] {
  return requests.filter((address) => !/^(?:data|blob):/.test(address) && !address.startsWith(root));
}
