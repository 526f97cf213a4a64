import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../cli/project.ts';
import { followScript } from './preview/follow.ts';

const theme = join(projectRoot, 'scripts/docs/theme.css');

export interface PageOptions {
  /** Whether the page is to reload itself when the server that it comes from has another one. */
  preview?: boolean;
}

/** Fills in what the template leaves open, and mends what must not stay as Redoc makes it. */
export function completePage(page: string, { preview = false }: PageOptions): string {
  const own = repairs
    .reduce(repair, page)
    .replace('{theme}', () => readFileSync(theme, 'utf8'))
    .replace('{follow}', preview ? followScript : '');
  return own.replace('{policy}', contentPolicy(own, preview ? "'self'" : "'none'"));
}

/** What no option of Redoc changes, by the text of its script that is replaced. */
const repairs = [
  // The logo of its maker comes from a server of theirs. The theme writes the name instead.
  { from: /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g, to: 'data:,' },
  // Screen readers are told "Example" where everyone else reads which example is chosen.
  { from: /"aria-label":`Example`,(?=options:)/g, to: '' },
  // The cross that empties the search field has no name.
  {
    from: /(sendSearchInputResetClickedMessage\([^)]*\)\]\)\}),(?=icon:)/g,
    to: '$1,"aria-label":`Empty the search field`,',
  },
  // What opens the search answers to the mouse alone.
  {
    from: /(onClick:(\w+),[^{}]*"data-testid":`search-trigger`,)(?=children:)/g,
    to: '$1role:`button`,tabIndex:0,onKeyDown:event=>{if(event.key===`Enter`||event.key===` `){event.preventDefault();$2()}},',
  },
  // Outside of the main part, everything belongs to the navigation.
  { from: /className:\w+,\$collapsedSidebar:\w+,/g, to: '$&role:`navigation`,"aria-label":`Contents`,' },
  // Below the heading of an operation, of the second level, are some of the fourth and the fifth.
  {
    from: /"data-component-name":`Typography\/H4`,/g,
    to: '$&"aria-level":3,',
  },
  { from: /(\w+=\w+\.h5)(?=`)/g, to: '$1.attrs({"aria-level":4})' },
];

function repair(page: string, { from, to }: { from: RegExp; to: string }): string {
  const repaired = page.replace(from, to);
  if (repaired === page)
    throw new Error(`Redoc's script no longer contains ${from}: look at what it does instead.`);
  return repaired;
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
