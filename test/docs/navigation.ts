import type { Page } from 'puppeteer-core';

/** Follows an address within the reference, as a reader who pastes it, and waits until its heading is shown. */
export async function land(page: Page, hash: string, heading: string): Promise<void> {
  await page.evaluate((address) => {
    location.hash = address;
  }, hash);
  await waitForHeading(page, heading);
}

/**
 * Waits until a heading stands near the top of the window or, where the page ends before that, anywhere in it, and until
 * nothing has moved for some frames: Redoc draws what is around it later.
 */
export async function waitForHeading(page: Page, heading: string): Promise<void> {
  await page.waitForFunction(
    (text) => {
      const { scrollHeight } = document.documentElement;
      const atTheEnd = scrollY + innerHeight >= scrollHeight - 1;
      const tops = [...document.querySelectorAll('h1, h2')]
        .filter((element) => element.textContent.startsWith(text))
        .map((element) => element.getBoundingClientRect().top);
      const layout = `${scrollHeight} ${tops}`;
      window.stillFrames = window.lastLayout === layout ? (window.stillFrames ?? 0) + 1 : 0;
      window.lastLayout = layout;
      return window.stillFrames > 5 && tops.some((top) => top >= 0 && top < (atTheEnd ? innerHeight : 220));
    },
    { polling: 'raf' },
    heading,
  );
}

declare global {
  interface Window {
    lastLayout?: string;
    stillFrames?: number;
  }
}
