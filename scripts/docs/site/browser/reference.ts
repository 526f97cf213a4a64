import { breakAddresses } from './addresses.ts';
import { revealCurrent } from './menu.ts';

/** The event that Redoc sends after it has written the current place to the URL. */
const placeChanged = 'redocly:urlreplace';

/** Adds to Redoc what it leaves to its page: the title, the navigation, and fixes for accessibility. */
export function setUpReference(): void {
  const siteTitle = document.title.replace(/^.* · /, '');
  const contents = document.querySelector<HTMLElement>('.contents');
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.contents a')];
  const mark = () => {
    // Inside an operation, the URL also contains the current part of it.
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
    // As a link it would be handled by Redoc, which has no such place.
    event.preventDefault();
    document.getElementById('content')?.focus();
  });
  const drawn = document.getElementById('redoc');
  if (!drawn) return;
  new MutationObserver(() => complete(drawn)).observe(drawn, { childList: true, subtree: true });
  complete(drawn);
}

/** The heading of a tag, which has no link in the navigation. */
function placeName(place: string): string {
  const tag = place.slice(1);
  const summaries = [...document.querySelectorAll('.contents summary')];
  return summaries.find(({ textContent }) => textContent.toLowerCase() === tag)?.textContent ?? '';
}

/** Adds the labels, levels and line breaks that Redoc omits. */
function complete(drawn: HTMLElement): void {
  breakAddresses(drawn.querySelectorAll('.th-string'));
  // Its label is only "Example", without the selected one that is visible.
  for (const picker of drawn.querySelectorAll('button[aria-haspopup="menu"][aria-label="Example"]')) {
    picker.removeAttribute('aria-label');
  }
  // Below an operation, which has level 2, Redoc continues with levels 4 and 5.
  for (const heading of drawn.querySelectorAll('h4:not([aria-level]), h5:not([aria-level])')) {
    heading.setAttribute('aria-level', heading.tagName === 'H4' ? '3' : '4');
  }
}
