import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'puppeteer-core';

/**
 * What axe finds on a page, of whatever severity and by every rule: a line for each element, with what is wrong with it.
 *
 * @param options what it is to look at, where that is not everything
 * @param part a selector of the part to look at, where the rest is that of another page
 */
export async function accessibilityFindings(
  page: Page,
  options: RunOptions = everything,
  part = ':root',
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const given = {
    ...options,
    resultTypes: ['violations'],
    // It would fetch the styles, which the policy of the page forbids.
    preload: false,
  } satisfies RunOptions;
  const { violations } = await page.evaluate((within, how) => window.axe.run(within, how), part, given);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

/** Colors are all that differs between the two modes. */
export const colorsAlone: RunOptions = { runOnly: ['color-contrast'] };

/** The size of targets, and what scrolls, is all that differs with the width. */
export const widthAlone: RunOptions = { runOnly: ['target-size', 'scrollable-region-focusable'] };

/** The only stable rule that is off by default: the size of targets. */
export const everything: RunOptions = { rules: { 'target-size': { enabled: true } } };

declare global {
  interface Window {
    axe: typeof axe;
  }
}
