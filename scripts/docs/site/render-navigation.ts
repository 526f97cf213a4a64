import { escapeHtml } from './html.ts';
import type { Navigation, Place } from './navigation.ts';

/** A group with more places is closed, until the reader opens it or is on one of its pages. */
const longGroup = 12;

/** The navigation as HTML, with the current page marked. */
export function renderNavigation({ guide, reference }: Navigation, current: string, root: string): string {
  const link = ({ title, address, method }: Place) => {
    const mark = address === current ? ' aria-current="page"' : '';
    const verb = method ? `<span class="method ${method.toLowerCase()}">${method}</span>` : '';
    return `<li><a href="${root}${address}"${mark}><span>${breakable(escapeHtml(title))}</span>${verb}</a></li>`;
  };
  const list = (places: Place[]) => `<ul>\n${places.map(link).join('\n')}\n</ul>`;
  return [
    guide.length > 0 && `<p class="part">Guide</p>\n${list(guide)}`,
    '<p class="part">Reference</p>',
    ...reference.map(
      ({ title, places }) =>
        `<details${places.length > longGroup ? '' : ' open'}><summary>${escapeHtml(title)}</summary>\n${list(places)}</details>`,
    ),
  ]
    .filter(Boolean)
    .join('\n');
}

/** Allows line breaks between the words of a schema name. */
function breakable(title: string): string {
  return title.replace(/(?<=[a-z\d])(?=[A-Z])/g, '<wbr>');
}
