import { operationsIn } from '../operations.ts';
import { escapeHtml } from '../site/html.ts';
import { chapterAddress, type Group, operationAddress, type Place } from '../site/navigation.ts';
import type { Page } from '../site/page.ts';
import type { Source } from '../source.ts';
import type { Chapter, Links } from './chapters.ts';
import { type Heading, renderMarkdown } from './render-markdown.ts';

/** The targets of links on the pages of the guide, which are all in one folder. */
export function guideLinks({ document }: Source): Links {
  const addresses = new Map(
    operationsIn(document).map((placed) => [placed.operation.operationId, operationAddress(placed)]),
  );
  return {
    chapter: ({ name }, heading) => `${name}.html${heading && `#${heading}`}`,
    operation: (operationId) => `../${addresses.get(operationId)}`,
  };
}

/** A page of the guide. */
export function chapterPage({ name, title, summary, text }: Chapter, guide: readonly Group[]): Page {
  const { html, headings } = renderMarkdown(text);
  const address = chapterAddress(name);
  return {
    title,
    address,
    description: summary,
    kind: 'chapter',
    content: `<main id="content" tabindex="-1">
<article>
${html}</article>
${renderNeighbors(
  guide.flatMap(({ places }) => places),
  address,
)}
</main>
${renderHeadings(headings)}`,
  };
}

/** The links to the headings of a page, if it has more than one. */
function renderHeadings(headings: Heading[]): string {
  if (headings.length < 2) return '';
  const items = headings.map(({ id, title }) => `<li><a href="#${id}">${title}</a></li>`);
  return `<nav class="on-this-page" aria-label="On this page"><p>On this page</p><ul>${items.join('')}</ul></nav>`;
}

/** The links to the previous and the next page. */
function renderNeighbors(guide: Place[], address: string): string {
  const index = guide.findIndex((place) => place.address === address);
  const link = (place: Place | undefined, rel: string, label: string) =>
    place
      ? `<a class="${rel}" rel="${rel}" href="../${place.address}"><small>${label}</small>${escapeHtml(place.title)}</a>`
      : '';
  return `<nav class="neighbors" aria-label="Chapters">${link(guide[index - 1], 'prev', 'Previous')}${link(guide[index + 1], 'next', 'Next')}</nav>`;
}
