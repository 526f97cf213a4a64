import type { Client as FetchClient } from 'openapi-fetch';
import type { Settings } from './options.ts';
import { startTimeLimit } from './time-limit.ts';
import type { Send } from './transport.ts';
import { fillPath } from './url.ts';

/** The openapi-fetch client of a contract's paths. */
export type RawClient<Paths extends {}> = FetchClient<Paths, 'application/json'>;

type Method = keyof FetchClient<object>;

const METHODS = [
  'GET',
  'PUT',
  'POST',
  'DELETE',
  'OPTIONS',
  'HEAD',
  'PATCH',
  'TRACE',
  'request',
  'use',
  'eject',
] satisfies Method[];

/**
 * An openapi-fetch client over the transport. The library is loaded when the client is first used: whoever calls the
 * methods alone never downloads it. Its calls wait for that, in the order in which they were made.
 */
export function createRawClient<Paths extends {}>(settings: Settings, send: Send): RawClient<Paths> {
  let loading: Promise<object> | undefined;

  function later(name: Method) {
    return async (...input: unknown[]) => {
      loading ??= import('./raw-requests.ts').then(({ createClientOver }) =>
        createClientOver(send, settings, fillPath, startTimeLimit),
      );
      const client = (await loading) as Record<Method, (...input: unknown[]) => unknown>;
      return client[name](...input);
    };
  }

  return Object.fromEntries(METHODS.map((name) => [name, later(name)])) as object as RawClient<Paths>;
}
