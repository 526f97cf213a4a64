import axe, { type RunOptions } from 'axe-core';
import type { Page } from 'puppeteer-core';

/**
 * What axe finds on a page, of whatever severity: a line for each element, with what is wrong with it.
 *
 * @param options what it is to look at, where that is not everything
 */
export async function accessibilityFindings(page: Page, options: RunOptions = everything): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((given) => window.axe.run(given), {
    ...options,
    resultTypes: ['violations'],
  } satisfies RunOptions);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
}

/** Colours are all that differs between the two modes. */
export const colorsAlone: RunOptions = { runOnly: ['color-contrast'] };

const everything: RunOptions = {
  // Below the top of the page, where the title stands, each operation is one of several.
  rules: { 'page-has-heading-one': { enabled: false } },
};

declare global {
  interface Window {
    axe: typeof axe;
  }
}
