import { breakAddresses } from './addresses.ts';
import { revealCurrent } from './menu.ts';

/** Redoc's own event after it has put the place that is read into the address. */
const placeChanged = 'redocly:urlreplace';

/** What Redoc leaves to the page around it: the title, the navigation, and what it does not draw well enough. */
export function followReference(): void {
  const siteTitle = document.title.replace(/^.* · /, '');
  const contents = document.querySelector<HTMLElement>('.contents');
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.contents a')];
  const mark = () => {
    // Within an operation, the address goes on with the part of it that is read.
    const [, place = '/'] = /^#(\/[^#]*)/.exec(location.hash) ?? [];
    const current = links.find(({ hash }) => hash === `#${place}`);
    for (const link of links) {
      if (link === current) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    const name = current?.querySelector('span')?.textContent ?? placeName(place);
    document.title = `${name || 'Reference'} · ${siteTitle}`;
    if (contents) revealCurrent(contents);
  };
  for (const event of [placeChanged, 'hashchange', 'popstate']) addEventListener(event, mark);
  mark();
  document.querySelector('.skip')?.addEventListener('click', (event) => {
    // As an address it would be one of Redoc's, which knows no such place.
    event.preventDefault();
    document.getElementById('content')?.focus();
  });
  const drawn = document.getElementById('redoc');
  if (!drawn) return;
  new MutationObserver(() => complete(drawn)).observe(drawn, { childList: true, subtree: true });
  complete(drawn);
}

/** Of a tag, which has no link of its own in the navigation: its heading. */
function placeName(place: string): string {
  const tag = place.slice(1);
  const summaries = [...document.querySelectorAll('.contents summary')];
  return summaries.find(({ textContent }) => textContent.toLowerCase() === tag)?.textContent ?? '';
}

/** Adds the names, levels and breaks that Redoc leaves out. */
function complete(drawn: HTMLElement): void {
  breakAddresses(drawn.querySelectorAll('.th-string'));
  // Named "Example" alone, where everyone else reads which one is chosen.
  for (const picker of drawn.querySelectorAll('button[aria-haspopup="menu"][aria-label="Example"]')) {
    picker.removeAttribute('aria-label');
  }
  // Beneath the name of an operation, of the second level, Redoc goes on with the fourth and the fifth.
  for (const heading of drawn.querySelectorAll('h4:not([aria-level]), h5:not([aria-level])')) {
    heading.setAttribute('aria-level', heading.tagName === 'H4' ? '3' : '4');
  }
}
