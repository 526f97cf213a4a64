import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../cli/project.ts';

const theme = join(projectRoot, 'scripts/docs/theme.css');

/** What the template leaves open, and what must not stay as Redoc makes it. */
export function completePage(page: string): string {
  const own = withoutRemoteLogo(page).replace('{theme}', () => readFileSync(theme, 'utf8'));
  return own.replace('{policy}', contentPolicy(own));
}

/**
 * Redoc's script loads its maker's logo from a server of theirs. The words beside it, which name and link them, stay.
 */
function withoutRemoteLogo(page: string): string {
  const logo = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g;
  if (!logo.test(page)) {
    throw new Error('Redoc no longer loads its logo from where it did: look at what the page requests now.');
  }
  return page.replace(logo, emptyImage);
}

const emptyImage = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E';

/**
 * Lets the page run its own scripts, known by their fingerprints, and reach nothing else: no host, no frame, no form.
 * Redoc writes its styles while it runs and searches in a worker made from a blob.
 */
function contentPolicy(page: string): string {
  const scripts = [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => `'sha256-${hash('sha256', text, 'base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${[...new Set(scripts)].join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
