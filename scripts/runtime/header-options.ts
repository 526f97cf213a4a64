import type { CallOptions } from './options.ts';
import { toPairs } from './url.ts';

/** Options of a call that has header parameters: they are fields of `headers`, beside any further ones. */
export interface HeaderOptions<Parameters> extends Omit<CallOptions, 'headers'> {
  headers: Parameters & Record<string, unknown>;
}

/** Makes them the options of any call. A header that is undefined is left out. */
export function withHeaders(options: Partial<HeaderOptions<unknown>> | undefined): CallOptions | undefined {
  return options && { ...options, headers: toPairs(options.headers) as [string, string][] };
}
