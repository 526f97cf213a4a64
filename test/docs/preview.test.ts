import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { serveFiles } from '../../scripts/docs/preview/serve.ts';
import { ProjectCopy } from '../helpers/project-copy.ts';
import { launchChromium } from './chromium.ts';
import { visibleText } from './open-page.ts';

describe('npm run docs:preview', () => {
  const project = new ProjectCopy();
  let browser: Browser;
  let preview: ChildProcess;
  let url = '';
  let output = '';
  beforeAll(async () => {
    browser = await launchChromium();
    preview = spawn(process.execPath, [join(project.root, 'scripts/docs-preview.ts'), '--port', '0'], {
      cwd: project.root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [preview.stdout, preview.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
      });
    }
    await vi.waitUntil(() => output.includes('http://127.0.0.1:'), { timeout: 10_000 });
    url = /http:\S+/.exec(output)?.[0] ?? '';
  });
  afterAll(async () => {
    await browser?.close();
    if (preview.exitCode === null) {
      preview.kill();
      await once(preview, 'exit');
    }
    project[Symbol.dispose]();
  });

  test('shows a change in a browser that has the page open, and a fault in the terminal', async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(8_000);
    await page.goto(url);
    await page.waitForSelector('::-p-text(No hard rate limit is published)');

    const file = 'spec/openapi.yaml';
    const sound = project.read(file);
    project.write(
      file,
      sound.replace('No hard rate limit is published', 'No limit of any kind is published'),
    );
    await page.waitForSelector('::-p-text(No limit of any kind is published)');

    project.write(file, sound.replace('openapi: 3.1.1', 'openapi: 2'));
    await expect.poll(() => output, { timeout: 8_000 }).toContain('Only OpenAPI 3.0 and 3.1 are supported');
    expect(preview.exitCode).toBe(null);

    project.write(file, sound);
    project.edit('scripts/docs/theme.css', (text) => `${text}\nbody { --told-by-the-test: heard; }\n`);
    await page.waitForFunction(
      () => getComputedStyle(document.body).getPropertyValue('--told-by-the-test') === 'heard',
    );
    expect(await visibleText(page)).toContain('No hard rate limit is published');
  });

  test('ends when it is told to', async () => {
    preview.kill('SIGTERM');
    await once(preview, 'exit');
    expect(preview.exitCode).toBe(0);
  });
});

describe('the server of the preview', () => {
  test('has each file of the docs, and names them to whoever asks for another', async () => {
    const files = new Map([
      ['index.html', '<p>The page.</p>'],
      ['reference.md', '# The reference'],
      ['llms.txt', 'The list'],
    ]);
    const server = await serveFiles(files, 0);
    const served = await Promise.all(
      ['', 'index.html?from=mail', 'reference.md', 'llms.txt', 'other.md'].map(async (path) => {
        const response = await fetch(server.url + path);
        return [response.status, response.headers.get('content-type'), await response.text()];
      }),
    );
    await server.close();
    expect(served).toEqual([
      [200, 'text/html; charset=utf-8', '<p>The page.</p>'],
      [200, 'text/html; charset=utf-8', '<p>The page.</p>'],
      [200, 'text/markdown; charset=utf-8', '# The reference'],
      [200, 'text/plain; charset=utf-8', 'The list'],
      [404, 'text/plain', 'There is no such file here, but: index.html, reference.md, llms.txt.\n'],
    ]);
  });

  test('says that a port is in use, and which flag takes another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(serveFiles(new Map(), port)).rejects.toThrow(
      `Port ${port} is in use. Stop what runs there, or take another one: npm run docs:preview -- --port ${port + 1}`,
    );
    other.close();
  });
});
