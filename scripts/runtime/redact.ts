import type { Call } from './transport.ts';

/** Servers repeat what they were sent, and errors are logged: nothing from an answer enters an error but through here. */
export function withoutKey(text: string, { key }: Call): string {
  if (!key) return text;
  const inJson = JSON.stringify(key).slice(1, -1);
  return text.replaceAll(key, '[API key]').replaceAll(inJson, '[API key]');
}

export function safeHeaders(headers: Headers, call: Call): Headers {
  return new Headers([...headers].map(([name, value]) => [name, withoutKey(value, call)]));
}
