import axe from 'axe-core';
import type { Page } from 'puppeteer-core';

/** What axe calls serious or critical on a page: a line for each element, with what is wrong with it. */
export async function severeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
