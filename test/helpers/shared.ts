import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { afterAll, beforeAll, inject } from 'vitest';

/**
 * A folder that is built once for all test files of a run: the first that asks for it builds it.
 *
 * @returns its path
 */
export async function builtOnce(name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(String(process.env.RUN_FOLDER), name);
  let failure = await ask(`build/${name}`);
  if (failure === 'build') {
    mkdirSync(folder);
    failure = await build(folder).then(
      () => '',
      (error: Error) => error.stack ?? error.message,
    );
    await ask(`built/${name}`, failure);
  }
  if (failure !== '') throw new Error(`What the tests share could not be built: ${failure}`);
  return folder;
}

/** The Chromium of the run. What a test opens, it closes; its contexts see nothing of each other. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    const browserWSEndpoint = await ask('chromium');
    browser = await puppeteer.connect({ browserWSEndpoint, protocolTimeout: 0 });
  });
  afterAll(() => browser?.disconnect());
  return () => {
    if (!browser) throw new Error('The browser is not up yet: use it within a test.');
    return browser;
  };
}

async function ask(path: string, body?: string): Promise<string> {
  const response = await fetch(`${inject('owner')}/${path}`, {
    ...(body !== undefined && { method: 'POST', body }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
