import type { Call } from './transport.ts';

/** Servers repeat what they were sent, and errors are logged: nothing from an answer enters an error but through here. */
export function withoutKey(text: string, { key }: Call): string {
  if (!key) return text;
  let safe = text;
  for (const form of new Set([key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key)]))
    safe = safe.replaceAll(form, '[API key]');
  return safe;
}

export function safeHeaders(headers: Headers, call: Call): Headers {
  return new Headers([...headers].map(([name, value]): [string, string] => [name, withoutKey(value, call)]));
}

/**
 * Takes the key out of an error of `fetch` and out of its causes. Node's parser keeps the bytes that it could not read;
 * a `fetch` of the caller's may put the request's headers into a message.
 */
export function cleanseCause(error: unknown, call: Call, seen = new Set<unknown>()): void {
  if (!(error instanceof Error) || seen.has(error)) return;
  seen.add(error);
  for (const name of Object.getOwnPropertyNames(error)) {
    const value = Reflect.get(error, name);
    if (typeof value === 'string') Reflect.set(error, name, withoutKey(value, call));
    else for (const inner of [value].flat()) cleanseCause(inner, call, seen);
  }
}
