import { hash } from 'node:crypto';

/**
 * Adds the Content Security Policy to a page. It allows the scripts of the docs, and inline scripts by their hashes,
 * and nothing else: no host, no frame, no form. Inline styles are allowed, because Redoc creates them at runtime.
 *
 * @param connections the allowed targets of connections
 */
export function withPolicy(page: string, connections: "'none'" | "'self'"): string {
  const inline = [...page.matchAll(/<script(?![^>]* src=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => `'sha256-${hash('sha256', text, 'base64')}'`,
  );
  const policy = [
    "default-src 'none'",
    `script-src ${["'self'", ...new Set(inline)].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    `connect-src ${connections}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return page.replace('{policy}', policy);
}
