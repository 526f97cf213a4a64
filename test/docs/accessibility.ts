import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'puppeteer-core';

/**
 * What axe finds on a page, of whatever severity and by every rule: a line for each element, with what is wrong with it.
 *
 * @param options what it is to look at, where that is not everything
 */
export async function accessibilityFindings(page: Page, options: RunOptions = everything): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((given) => window.axe.run(given), {
    ...options,
    resultTypes: ['violations'],
    // It would fetch the styles, which the policy of the page forbids.
    preload: false,
  } satisfies RunOptions);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

/** Colors are all that differs between the two modes. */
export const colorsAlone: RunOptions = { runOnly: ['color-contrast'] };

/** The only stable rule that is off by default: the size of targets. */
const everything: RunOptions = { rules: { 'target-size': { enabled: true } } };

declare global {
  interface Window {
    axe: typeof axe;
  }
}
