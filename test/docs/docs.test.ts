import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, ProjectCopy } from '../helpers/project-copy.ts';
import { launchChromium } from './chromium.ts';
import { openPage, visibleText } from './open-page.ts';

const operation = '#/invitations/createreconnectinvitation';

describe('the docs, opened as a file with the network off', () => {
  const project = new ProjectCopy();
  let built: Ended;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    [built, browser] = await Promise.all([project.run('docs.ts'), launchChromium()]);
    url = pathToFileURL(join(project.root, 'dist/docs/index.html')).href;
  });
  afterAll(async () => {
    await browser?.close();
    project[Symbol.dispose]();
  });

  test('are one file of at most 3 MB', () => {
    expect(built).toMatchObject({ code: 0, stderr: '' });
    const files = project.snapshot('dist/docs');
    expect([...files.keys()]).toEqual(['index.html']);
    expect(Buffer.byteLength(files.get('index.html') ?? '')).toBeLessThanOrEqual(3_000_000);
  });

  test.for(['', operation])('ask for nothing but themselves and complain of nothing (%s)', async (place) => {
    const { page, requests, complaints } = await openPage(browser, url + place);
    expect(await page.title()).toBe('Nectar Climate External API');
    expect(requests.filter((address) => !/^(?:data|blob):/.test(address))).toEqual([url + place]);
    expect(complaints).toEqual([]);
  });

  test('let no script of the page reach another host', async () => {
    const { page, complaints } = await openPage(browser, url);
    const outcome = await page.evaluate(() => fetch('http://127.0.0.1:9/').catch(String));
    expect(outcome).toContain('TypeError');
    expect(complaints.join()).toContain('Content Security Policy');
  });

  test('show the operation that a link leads to, and how sure it is', async () => {
    const { page } = await openPage(browser, url + operation);
    const heading = await page.waitForSelector(
      '::-p-xpath(//h2[contains(., "Create a reconnect invitation")])',
    );
    expect(await heading?.isIntersectingViewport()).toBe(true);
    expect(await visibleText(page)).toContain('Inferred: The page shows the body without a status code.');
  });
});

describe('npm run docs', () => {
  const project = new ProjectCopy();
  afterAll(() => project[Symbol.dispose]());

  test('refuses a contract with findings, and leaves the docs as they are', async () => {
    project.write('dist/docs/index.html', 'as before');
    project.edit('spec/paths/ping.yaml', (text) =>
      text.replace('operationId: ping', 'operationId: getConnection'),
    );
    const { code, stderr } = await project.run('docs.ts');
    expect(stderr).toContain('spec/openapi.yaml has ');
    expect(stderr).toContain('the docs were not built.');
    expect(code).toBe(1);
    expect(project.snapshot('dist/docs')).toEqual(new Map([['index.html', 'as before']]));
  });

  test('knows no flag', async () => {
    expect(await project.run('docs.ts', '--open')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'There is no flag --open.\nUsage: npm run docs\n',
    });
  });
});
