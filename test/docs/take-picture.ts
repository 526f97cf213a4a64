/** Takes the picture of the docs that the README shows, of what `npm run docs` has built: npx node test/docs/take-picture.ts */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launchChromium } from './chromium.ts';
import { waitForHeading } from './navigation.ts';
import { openPage } from './open-page.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const reference = pathToFileURL(`${root}dist/docs/reference.html`).href;

const browser = await launchChromium();
const { page } = await openPage(browser, `${reference}#/invitations/createreconnectinvitation`, {
  height: 840,
});
await waitForHeading(page, 'Create a reconnect invitation');
await page.screenshot({ path: `${root}.github/docs.webp`, type: 'webp', quality: 80 });
await browser.close();
