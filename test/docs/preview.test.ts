import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { serveFiles } from '../../scripts/docs/preview/serve.ts';
import { ProjectCopy, withoutColors } from '../helpers/project-copy.ts';
import { useBrowser } from '../helpers/shared.ts';
import { visibleText } from './open-page.ts';

describe('npm run docs:preview', () => {
  const project = new ProjectCopy({ ownScripts: true });
  const browser = useBrowser();
  let preview: ChildProcess;
  let url = '';
  let output = '';
  const file = 'spec/openapi.yaml';
  const sound = project.read(file);
  const broken = sound.replace('openapi: 3.1.1', 'openapi: 2');
  beforeAll(async () => {
    project.write(file, broken);
    preview = spawn(
      process.execPath,
      [join(project.root, 'scripts/openapi-once.ts'), 'docs:preview', '--port', '0'],
      {
        cwd: project.root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: withoutColors(),
      },
    );
    const listening = once(preview.stdout as Readable, 'data');
    for (const stream of [preview.stdout, preview.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
      });
    }
    await listening;
    url = /http:\S+/.exec(output)?.[0] ?? '';
  });
  afterAll(async () => {
    if (preview.exitCode === null) {
      preview.kill();
      await once(preview, 'exit');
    }
    project[Symbol.dispose]();
  });

  test('shows a change in a browser that has the page open, and an error until it is fixed', async () => {
    const context = await browser().createBrowserContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    await page.goto(url);
    // It starts with a contract that cannot be shown as well.
    await page.waitForSelector('[role="alert"] ::-p-text(Only OpenAPI 3.0, 3.1 and 3.2 are supported)');
    project.write(file, sound);
    await page.waitForSelector('::-p-text(No hard rate limit is published)');

    project.edit(
      'scripts/docs/site/styles/frame.css',
      (css) => `${css}\nbody { --told-by-the-test: heard; }\n`,
    );
    await page.waitForFunction(
      () => getComputedStyle(document.body).getPropertyValue('--told-by-the-test') === 'heard',
    );
    expect(await visibleText(page)).toContain('No hard rate limit is published');

    project.write(file, broken);
    const fault = await page.waitForSelector('[role="alert"]');
    const text = await fault?.evaluate((element) => element.textContent);
    expect(text).toContain('Only OpenAPI 3.0, 3.1 and 3.2 are supported');
    expect(text).toContain('spec/openapi.yaml says');
    // Who comes meanwhile is told as well.
    const other = await context.newPage();
    other.setDefaultTimeout(0);
    await other.goto(`${url}guide/errors.html`);
    await other.waitForSelector('[role="alert"]');
    expect(output).toContain('Only OpenAPI 3.0, 3.1 and 3.2 are supported');
    expect(preview.exitCode).toBe(null);
  });

  test('ends at SIGTERM', async () => {
    preview.kill('SIGTERM');
    await once(preview, 'exit');
    expect(preview.exitCode).toBe(0);
  });
});

describe('the server of the preview', () => {
  test('notifies any number of browsers of a change', async () => {
    const server = await serveFiles(new Map([['index.html', 'x'.repeat(3_000_000)]]), 0);
    const followers = await Promise.all(
      Array.from({ length: 500 }, async () => {
        const { body } = await fetch(`${server.url}changes`);
        const events = body?.pipeThrough(new TextDecoderStream()).getReader();
        await events?.read();
        return events;
      }),
    );
    server.show(new Map([['index.html', 'y'.repeat(3_000_000)]]));
    const events = await Promise.all(followers.map((follower) => follower?.read()));
    expect(new Set(events.map((event) => event?.value)).size).toBe(1);
    await server.close();
  });

  test('serves each file of the docs, and lists them for any other path', async () => {
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
      [
        404,
        'text/plain; charset=utf-8',
        'There is no such file. There are: index.html, reference.md, llms.txt.\n',
      ],
    ]);
  });

  test('says that a port is in use, and which flag takes another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(serveFiles(new Map(), port)).rejects.toThrow(
      `Port ${port} is in use. Stop what runs there, or use another one: npm run docs:preview -- --port ${port + 1}`,
    );
    other.close();
  });
});
