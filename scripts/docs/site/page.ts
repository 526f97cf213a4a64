import { reloadScript } from '../preview/reload-script.ts';
import { escapeHtml } from './html.ts';
import { homeAddress, type Navigation, referenceAddress } from './navigation.ts';
import { withPolicy } from './policy.ts';
import { renderNavigation } from './render-navigation.ts';

/** What all pages of the docs share. */
export interface Site {
  /** The title of the API. */
  title: string;
  version: string;
  /** An SVG; undefined for a plain one. */
  logo: string | undefined;
  navigation: Navigation;
  /** Whether the pages reload themselves when their server has new ones. */
  isPreview: boolean;
}

export interface Page {
  title: string;
  /** Relative to the folder of the docs. */
  address: string;
  /** One sentence, for search engines and link previews. */
  description: string;
  /** The part next to the navigation: the `main` element and its neighbors. */
  content: string;
  /** A heading of level 1, if the content does not always have one. */
  heading?: string;
  /** Added to the head. */
  head?: string;
  /** Added to the class of the body. */
  kind: 'home' | 'chapter' | 'reference';
}

/** The logo of a contract that has none of its own. */
const hexagon =
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><path d='M16 2l12 7v14l-12 7-12-7V9z' fill='#b45309'/></svg>";

// Before the first paint, so that no page flashes in the other color mode. The key is Redoc's.
const colorScript = `<script>
try { var mode = localStorage.getItem('redoc.colorMode') } catch (error) {}
if (mode !== 'light' && mode !== 'dark') mode = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
document.documentElement.classList.add(mode);
</script>`;

/** Renders a whole page: the head, the bar at the top, the navigation, and its content. */
export function renderPage(page: Page, site: Site): string {
  const root = '../'.repeat(page.address.split('/').length - 1);
  const inGuide = page.kind !== 'reference';
  const part = (address: string, title: string, isCurrent: boolean) =>
    `<a href="${root}${address}"${isCurrent ? ' aria-current="true"' : ''}>${title}</a>`;
  const icon = `data:image/svg+xml,${encodeURIComponent(site.logo ?? hexagon)}`;
  const html = `<!DOCTYPE html>
<html lang="en" data-root="${root}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>${escapeHtml(page.title === site.title ? page.title : `${page.title} · ${site.title}`)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(page.description)}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${icon}">
${colorScript}
${site.isPreview ? reloadScript : ''}
${page.head ?? ''}
<link rel="stylesheet" href="${root}assets/site.css">
<script src="${root}assets/site.js" defer></script>
</head>
<body class="${page.kind}">
<a class="skip" href="#content">Skip to the content</a>
<header class="bar">
${page.heading ? `<h1 class="hidden">${escapeHtml(page.heading)}</h1>` : ''}
<button type="button" class="menu" aria-controls="contents" aria-expanded="false" aria-label="Contents"><svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d="M3 5.5h14M3 10h14M3 14.5h14"/></svg></button>
<a class="brand" href="${root}${homeAddress}"><img src="${icon}" alt="" width="26" height="26"><span>${escapeHtml(site.title)}</span></a>
<span class="version">${escapeHtml(site.version)}</span>
<nav class="parts" aria-label="Parts of the docs">
${part(homeAddress, site.navigation.guide.length > 0 ? 'Guide' : 'Home', inGuide)}
${part(`${referenceAddress}#/`, 'Reference', !inGuide)}
</nav>
<button type="button" class="search-trigger"><svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true"><circle cx="9" cy="9" r="5.5"/><path d="M13.2 13.2 17 17"/></svg><span>Search</span><kbd>Ctrl K</kbd></button>
<button type="button" class="colors" aria-label="Change the colors"><svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><circle cx="10" cy="10" r="6.5"/><path class="fill" d="M10 3.5a6.5 6.5 0 0 1 0 13z"/></svg></button>
</header>
<nav class="contents" id="contents" aria-label="Contents">
${renderNavigation(site.navigation, page.address, root)}
</nav>
${page.content}
</body>
</html>
`;
  return withPolicy(html, site.isPreview ? "'self'" : "'none'");
}
