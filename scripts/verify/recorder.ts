import type { Prism, PrismResponse, Violation } from '../mock/prism.ts';

/** The end of one request. */
export type Recorded = { response: PrismResponse; violations: Violation[] } | { problem: string };

/** A `fetch` that records the whole response, and what violates the contract. */
export interface Recorder {
  fetch: typeof globalThis.fetch;
  /** Returns the end of the last request, once. */
  take(): Recorded | undefined;
}

/**
 * @param server the base address of the service, whose path is not part of the contract's paths
 * @param timeout milliseconds to wait for a response
 */
export function createRecorder(prism: Prism, server: string, timeout = 30_000): Recorder {
  const basePath = new URL(server).pathname.replace(/\/$/, '');
  let last: Recorded | undefined;

  async function send(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const { method = 'GET', body } = init;
    const { pathname, search } = new URL(String(input));
    const asked = {
      method,
      path: pathname.slice(basePath.length) + search,
      headers: new Headers(init.headers),
      body: await new Response(body).text(),
    };
    let response: PrismResponse | undefined;
    const respond = async () => {
      const signal = AbortSignal.timeout(timeout);
      const found = await fetch(input, { ...init, redirect: 'manual', body: asked.body || null, signal });
      response = { status: found.status, headers: found.headers, text: await found.text() };
      return response;
    };
    try {
      const { violations } = await prism.check(asked, respond, { refuse: false });
      const { status, headers, text } = response as PrismResponse;
      last = { response: response as PrismResponse, violations };
      const isEmpty = status === 204 || status === 205 || status === 304;
      return new Response(isEmpty ? null : text, { status, headers });
    } catch (error) {
      last = { problem: problemOf(error as Error, timeout) };
      throw error;
    }
  }

  return {
    fetch: send,
    take() {
      const taken = last;
      last = undefined;
      return taken;
    },
  };
}

function problemOf({ name, cause }: Error, timeout: number): string {
  if (name === 'TimeoutError') return `nothing within ${timeout / 1000} s`;
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : 'the connection broke';
}
