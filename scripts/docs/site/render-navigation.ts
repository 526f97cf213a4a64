import { escapeHtml } from './html.ts';
import type { Group, Navigation, Place } from './navigation.ts';

/** A group with more places is closed, until the reader opens it or is on one of its pages. */
const longGroup = 12;

/** The navigation as HTML, with the current page marked. Of the guide, the group of that page is open, or the first. */
export function renderNavigation({ guide, reference }: Navigation, current: string, root: string): string {
  const link = ({ title, address, method }: Place) => {
    const mark = address === current ? ' aria-current="page"' : '';
    const verb = method ? `<span class="method ${method.toLowerCase()}">${method}</span>` : '';
    return `<li><a href="${root}${address}"${mark}><span>${breakable(escapeHtml(title))}</span>${verb}</a></li>`;
  };
  const list = (places: Place[]) => `<ul>\n${places.map(link).join('\n')}\n</ul>`;
  const group = ({ title, places }: Group, isOpen: boolean) =>
    `<details${isOpen ? ' open' : ''}><summary>${escapeHtml(title)}</summary>\n${list(places)}</details>`;
  const own = guide.find(({ places }) => places.some(({ address }) => address === current));
  return [
    guide.length > 0 && '<p class="part">Guide</p>',
    ...guide.map((each, index) => group(each, own ? each === own : index === 0)),
    '<p class="part">Reference</p>',
    ...reference.map((each) => group(each, each.places.length <= longGroup)),
  ]
    .filter(Boolean)
    .join('\n');
}

/** Allows line breaks between the words of a schema name. */
function breakable(title: string): string {
  return title.replace(/(?<=[a-z\d])(?=[A-Z])/g, '<wbr>');
}
