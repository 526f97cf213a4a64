import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import packedChromium from '@sparticuz/chromium';
import puppeteer, { type Browser } from 'puppeteer-core';

/** Starts the machine's own Chromium, or the one among the dev dependencies where there is none. */
export async function launchChromium(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: installedChromium() ?? (await packedChromium.executablePath()),
    headless: 'shell',
    // Containers rarely allow a sandbox or a large /dev/shm.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    // The limit of the test is the only one, as a busy machine can take its time.
    timeout: 0,
    protocolTimeout: 0,
  });
}

function installedChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return ['chromium', 'chromium-browser', 'google-chrome']
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
