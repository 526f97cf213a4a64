import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../cli/project.ts';
import { followScript } from './preview/follow.ts';
import { repairPage } from './repairs.ts';

const theme = join(projectRoot, 'scripts/docs/theme.css');

export interface PageOptions {
  /** Whether the page is to reload itself when the server that it comes from has another one. */
  preview?: boolean;
}

/** Fills in what the template leaves open, and mends what must not stay as Redoc makes it. */
export function completePage(page: string, { preview = false }: PageOptions): string {
  const own = repairPage(page)
    .replace('{theme}', () => readFileSync(theme, 'utf8'))
    .replace('{follow}', preview ? followScript : '');
  return own.replace('{policy}', contentPolicy(own, preview ? "'self'" : "'none'"));
}

/**
 * Lets the page run its own scripts, known by their fingerprints, and reach nothing else: no host, no frame, no form.
 * Redoc writes its styles while it runs.
 */
function contentPolicy(page: string, connections: string): string {
  const scripts = [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => `'sha256-${hash('sha256', text, 'base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${[...new Set(scripts)].join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    `connect-src ${connections}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
