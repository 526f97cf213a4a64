import type { Page } from 'puppeteer-core';
import { whenDrawn } from './open-page.ts';

/** The addresses of all links that are drawn. */
export function linksOf(page: Page): Promise<string[]> {
  return page.evaluate(() => Array.from(document.links, (link) => link.href));
}

/** The places of the reference, by the navigation. */
export function placesOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLAnchorElement>('.contents a'), (link) => link.href).filter(
      (link) => link.includes('/reference.html'),
    ),
  );
}

/** Those ids of elements that a page does not have. */
export function missingIds(page: Page, ids: string[]): Promise<string[]> {
  return page.evaluate((all) => all.filter((id) => !document.getElementById(id)), ids);
}

/** Those that do not show what they lead to, opened one after the other as a reader does who is on the page already. */
export async function deadLinks(page: Page, links: Iterable<string>): Promise<string[]> {
  const dead: string[] = [];
  for (const link of links) {
    await page.goto(link);
    await whenDrawn(page);
    // Only a dead link reaches the limit.
    await page
      .waitForFunction(isShown, { timeout: 60_000 }, decodeURIComponent(new URL(link).hash))
      .catch(() => dead.push(link));
  }
  return dead;
}

/** The same in tabs that know nothing of the page. */
export async function deadInFreshTabs(page: Page, links: Iterable<string>): Promise<string[]> {
  const dead: string[] = [];
  for (const link of links) {
    await page.goto('about:blank');
    dead.push(...(await deadLinks(page, [link])));
  }
  return dead;
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
