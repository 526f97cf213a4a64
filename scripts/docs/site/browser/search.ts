import MiniSearch, { type AsPlainObject, type SearchResult } from 'minisearch';
import { findPlaces, type Kind, searchOptions } from '../../search/search.ts';

declare global {
  /** Set by the script with the index. */
  var docsSearchIndex: AsPlainObject;
}

const kinds: Record<Kind, string> = {
  chapter: 'Chapter',
  section: 'Section',
  overview: 'Overview',
  operation: 'Operation',
  event: 'Event',
  schema: 'Schema',
};
const maxResults = 12;
const snippetLength = 130;

/** The search over guide and reference: a dialog, opened by its button, by Ctrl+K or by a slash. */
export function setUpSearch(): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'search';
  dialog.setAttribute('aria-label', 'Search');
  dialog.innerHTML = `<input type="text" inputmode="search" role="combobox" placeholder="Search the guide and the reference" aria-label="Search" aria-expanded="false" aria-controls="results" aria-autocomplete="list" autocomplete="off" spellcheck="false"><p class="state" role="status"></p><div id="results" role="listbox" aria-label="Results" hidden></div>`;
  document.body.append(dialog);
  const input = dialog.querySelector('input') as HTMLInputElement;
  const list = dialog.querySelector('#results') as HTMLElement;
  const state = dialog.querySelector('.state') as HTMLElement;
  let index: MiniSearch | undefined;

  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    loadIndex().then((loaded) => {
      index = loaded;
      show();
    });
  };
  const options = () => [...list.querySelectorAll<HTMLElement>('[role="option"]')];
  const mark = (chosen: number) => {
    for (const [position, option] of options().entries()) {
      option.setAttribute('aria-selected', String(position === chosen));
      if (position === chosen) option.scrollIntoView({ block: 'nearest' });
    }
    if (chosen < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `result-${chosen}`);
  };
  const show = () => {
    const query = input.value.trim();
    const results = index ? findPlaces(index, query).slice(0, maxResults) : [];
    list.replaceChildren(...results.map((result, position) => renderResult(result, position, query)));
    list.hidden = results.length === 0;
    input.setAttribute('aria-expanded', String(results.length > 0));
    state.textContent = query && index && results.length === 0 ? `Nothing was found for "${query}".` : '';
    mark(results.length > 0 ? 0 : -1);
  };

  input.addEventListener('input', show);
  input.addEventListener('keydown', (event) => {
    const all = options();
    const current = all.findIndex((option) => option.getAttribute('aria-selected') === 'true');
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (all.length > 0) mark((current + step + all.length) % all.length);
    } else if (event.key === 'Enter') all[current]?.click();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener('click', ({ target }) => {
    // The target of a click outside of the dialog is the dialog itself.
    if (target === dialog || (target instanceof Element && target.closest('a'))) dialog.close();
  });
  document.querySelector('.search-trigger')?.addEventListener('click', open);
  // Capture the event before Redoc, whose own search has the same keys.
  document.addEventListener(
    'keydown',
    (event) => {
      const isShortcut = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
      const isTyping = event.target instanceof Element && event.target.matches('input, textarea, select');
      if (!isShortcut && !(event.key === '/' && !isTyping)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      open();
    },
    { capture: true },
  );
}

let loading: Promise<MiniSearch> | undefined;

function loadIndex(): Promise<MiniSearch> {
  loading ??= new Promise((resolve) => {
    const script = document.createElement('script');
    script.src = `${document.documentElement.dataset.root}assets/search-index.js`;
    script.onload = () => resolve(MiniSearch.loadJS(docsSearchIndex, searchOptions));
    document.head.append(script);
  });
  return loading;
}

function renderResult(result: SearchResult, position: number, query: string): HTMLElement {
  const { address, title, place, kind, names, text, terms } = result;
  const link = document.createElement('a');
  link.id = `result-${position}`;
  link.role = 'option';
  link.href = `${document.documentElement.dataset.root}${address}`;
  link.tabIndex = -1;
  const name = String(names)
    .split(' ')
    .find((each) => each.length > 2 && terms.some((term) => each.toLowerCase().startsWith(term)));
  link.append(
    element('span', 'kind', kinds[kind as Kind]),
    element('strong', '', title),
    element('span', 'place', place),
    ...(name && !title.includes(name) ? [element('code', '', name)] : []),
    ...snippet(text, [query.split(/\s+/), terms]),
  );
  return link;
}

/**
 * An excerpt around the first of the words, with all of them marked.
 *
 * @param choices lists of words: the first list with a word in the text is used
 */
function snippet(text: string, choices: string[][]): HTMLElement[] {
  const pattern = choices.map(patternOf).find((each) => each && text.search(each) >= 0);
  if (text === '') return [];
  const first = pattern ? text.search(pattern) : 0;
  const start = first < 60 ? 0 : text.lastIndexOf(' ', first - 40) + 1;
  const part = text.slice(start, start + snippetLength).replace(/\s\S*$/, '');
  const shown = element('span', 'snippet', start > 0 ? '… ' : '');
  for (const [index, piece] of (pattern ? part.split(pattern) : [part]).entries()) {
    shown.append(index % 2 === 1 ? element('mark', '', piece) : piece);
  }
  if (start + snippetLength < text.length) shown.append(' …');
  return [shown];
}

/** Matches words at their start; short words are omitted, as they match everywhere. */
function patternOf(words: string[]): RegExp | undefined {
  const long = words.map((word) => word.replace(/[^\p{L}\p{N}_-]/gu, '')).filter(({ length }) => length > 2);
  return long.length > 0 ? new RegExp(`(?<![\\p{L}\\p{N}])(${long.join('|')})`, 'giu') : undefined;
}

function element(tag: string, className: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
