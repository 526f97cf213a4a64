import type { Page } from 'puppeteer-core';

/** Opens a heading of the navigation, and tells the entries beneath it: by their text, the address of each. */
export async function openGroup(page: Page, heading: string): Promise<Map<string, string>> {
  const group = `[role="navigation"] [role="listitem"]:has([data-text="${heading}"])`;
  const links = `${group} [role="listitem"] a`;
  await page.click(`${group} [data-text="${heading}"]`);
  await page.waitForSelector(links);
  const entries = await page.$$eval(links, (elements) =>
    elements.map((link): [text: string, address: string] => [
      link.querySelector('[data-text]')?.textContent ?? '',
      link.getAttribute('href') ?? '',
    ]),
  );
  return new Map(entries);
}

/** Follows an address within the page, as a reader who pastes it, and waits until its heading is shown. */
export async function land(page: Page, hash: string, heading: string): Promise<void> {
  await page.evaluate((address) => {
    location.hash = address;
  }, hash);
  await waitForHeading(page, heading);
}

/** Waits until a heading stands at the top of the window or, where the page ends before that, anywhere in it. */
export async function waitForHeading(page: Page, heading: string): Promise<void> {
  await page.waitForFunction(
    (text) => {
      const atTheEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
      return [...document.querySelectorAll('h1, h2')].some((element) => {
        const { top } = element.getBoundingClientRect();
        return element.textContent.startsWith(text) && top >= 0 && top < (atTheEnd ? innerHeight : 150);
      });
    },
    {},
    heading,
  );
}
