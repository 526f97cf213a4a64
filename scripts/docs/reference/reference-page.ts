import { referenceAddress } from '../site/navigation.ts';
import type { Page } from '../site/page.ts';
import type { RedocParts } from './redoc.ts';

/** The page with Redoc. */
export function referencePage({ head, body }: RedocParts): Page {
  return {
    title: 'Reference',
    address: referenceAddress,
    description: 'Every operation, event and schema of the API.',
    kind: 'reference',
    // Redoc only renders the visible parts, so that its title is not always present.
    heading: 'Reference',
    head,
    content: `<div id="content" tabindex="-1">
${withAddresses(body)}
</div>`,
  };
}

/** The prerendered links have no `#`, which Redoc's script adds later. They need it to work. */
function withAddresses(body: string): string {
  const start = body.indexOf('<script type="module">');
  return body.slice(0, start).replaceAll(' href="/', ' href="#/') + body.slice(start);
}
