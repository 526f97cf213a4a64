import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Browser } from 'puppeteer-core';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the process that owns what the workers of a run share. */
    owner: string;
  }
}

/**
 * Owns what all workers of a run share, and removes it at the end: the folder of the run, what is built once in it, and
 * one Chromium. Nothing is built or started before a test asks for it, so that a run of one file pays for its own.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const builds = new Map<string, Build>();
  let browser: Promise<Browser> | undefined;
  const server = createServer(async (request, response) => {
    const [, action, name = ''] = request.url?.split('/') ?? [];
    if (action === 'build') claim(builds, name, response);
    else if (action === 'built') builds.get(name)?.end(await text(request), response);
    else {
      const { launchChromium } = await import('../docs/chromium.ts');
      browser ??= launchChromium();
      await browser.then(
        (started) => response.end(started.wsEndpoint()),
        (error: Error) => response.writeHead(500).end(error.message),
      );
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  project.provide('owner', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return async () => {
    await browser?.then((started) => started.close());
    server.closeAllConnections();
    server.close();
    rmSync(String(project.config.env.RUN_FOLDER), { recursive: true, force: true });
  };
}

/** The first who asks builds, all others wait until that has ended. */
function claim(builds: Map<string, Build>, name: string, response: ServerResponse): void {
  const build = builds.get(name);
  if (build) build.wait(response);
  else {
    builds.set(name, new Build());
    response.end('build');
  }
}

class Build {
  #failure: string | undefined;
  readonly #waiting: ServerResponse[] = [];

  wait(response: ServerResponse): void {
    if (this.#failure === undefined) this.#waiting.push(response);
    else response.end(this.#failure);
  }

  /** @param failure the message of the error with which it ended, or an empty text */
  end(failure: string, response: ServerResponse): void {
    this.#failure = failure;
    for (const waiting of [...this.#waiting, response]) waiting.end(failure);
  }
}
