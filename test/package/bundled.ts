import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { launchChromium } from '../docs/chromium.ts';
import { type Consumer, run } from './consumer.ts';

/** Runs the bundled smoke test in a page of a real Chromium, and tells its version. */
export async function runInChromium({ root }: Consumer, mockUrl: string, cutUrl: string): Promise<string> {
  const scripts = await bundle(root, 'page.mjs', { splitting: true });
  const server = createServer(({ url = '/' }, response) => {
    const script = scripts.get(basename(url));
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? '<!doctype html><title>A page</title>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const call = `import('/page.js').then(({ run }) => run(${JSON.stringify(mockUrl)}, ${JSON.stringify(cutUrl)}))`;
    await page.evaluate(call);
    return (await browser.version()).replace(/^.*\//, '');
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** Runs the bundled smoke test as a worker. */
export async function runInWorkerd(
  { root }: Consumer,
  workerd: string,
  mockUrl: string,
  cutUrl: string,
): Promise<void> {
  for (const [name, text] of await bundle(root, 'worker.mjs', { conditions: ['workerd', 'worker'] }))
    writeFileSync(join(root, name), text);
  await run(workerd, ['test', 'worker.capnp'], root, { BASE_URL: mockUrl, CUT_URL: cutUrl });
}

/** Text of each script by its name. */
async function bundle(root: string, entry: string, options: BuildOptions): Promise<Map<string, string>> {
  const { outputFiles = [] } = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    outdir: root,
    bundle: true,
    format: 'esm',
    write: false,
    ...options,
  });
  return new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
}
