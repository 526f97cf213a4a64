import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll } from 'vitest';
import { silentStep } from '../../scripts/cli/steps.ts';
import { buildDocs } from '../../scripts/docs/build.ts';
import type { Files } from '../../scripts/output/files.ts';
import { replaceFolder } from '../../scripts/output/replace-folder.ts';
import { launchChromium } from './chromium.ts';

let building: Promise<Files> | undefined;

/** Once for all test files that run in this process. */
function docsOnce(): Promise<Files> {
  building ??= buildDocs(silentStep);
  return building;
}

/** The docs as files of their own and in memory, and a browser to look at them. */
export function useDocs(): {
  readonly files: Files;
  readonly browser: Browser;
  url(address: string): string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-docs-'));
  let files: Files | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    [files, browser] = await Promise.all([docsOnce(), launchChromium()]);
    replaceFolder(join(folder, 'docs'), files);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  return {
    get files() {
      if (!files) throw new Error('The docs are not built yet: use them within a test.');
      return files;
    },
    get browser() {
      if (!browser) throw new Error('The browser is not up yet: use it within a test.');
      return browser;
    },
    url: (address) => pathToFileURL(join(folder, 'docs', '/')).href + address,
  };
}
