import type { Page } from 'puppeteer-core';

/** Follows an address within the reference, as a reader who pastes it, and waits until its heading is shown. */
export async function land(page: Page, hash: string, heading: string): Promise<void> {
  await page.evaluate((address) => {
    location.hash = address;
  }, hash);
  await waitForHeading(page, heading);
}

/** Waits until a heading stands near the top of the window or, where the page ends before that, anywhere in it. */
export async function waitForHeading(page: Page, heading: string): Promise<void> {
  await page.waitForFunction(
    (text) => {
      const atTheEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
      return [...document.querySelectorAll('h1, h2')].some((element) => {
        const { top } = element.getBoundingClientRect();
        return element.textContent.startsWith(text) && top >= 0 && top < (atTheEnd ? innerHeight : 220);
      });
    },
    {},
    heading,
  );
}
