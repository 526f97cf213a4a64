import { referenceAddress } from '../site/navigation.ts';
import type { Page } from '../site/page.ts';
import type { RedocParts } from './redoc.ts';

/** Redoc within the frame that all pages have. */
export function referencePage({ head, body }: RedocParts): Page {
  return {
    title: 'Reference',
    address: referenceAddress,
    description: 'Every operation, event and schema of the API.',
    kind: 'reference',
    // Redoc draws the parts that are looked at alone, and those beneath its title come without it.
    heading: 'Reference',
    head,
    content: `<div id="content" tabindex="-1">
${withAddresses(body)}
</div>`,
  };
}

/** What is drawn beforehand has addresses that Redoc's script only later puts behind the `#` where they work. */
function withAddresses(body: string): string {
  const start = body.indexOf('<script type="module">');
  return body.slice(0, start).replaceAll(' href="/', ' href="#/') + body.slice(start);
}
