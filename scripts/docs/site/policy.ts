import { hash } from 'node:crypto';

/**
 * The page with its policy filled in. It lets the page run its own scripts, those of the docs and those in itself,
 * which are known by their fingerprints, and reach nothing else: no host, no frame, no form. Redoc writes its styles
 * while it runs.
 *
 * @param connections what scripts may connect to
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
