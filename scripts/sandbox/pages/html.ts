/** Safe HTML. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | undefined | false | readonly Value[];

/** Creates HTML from a template. Values are escaped, unless they are `Html`. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(parts.reduce((text, part, index) => text + markup(values[index - 1]) + part));
}

function markup(value: Value): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(markup).join('');
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

/** A response with the headers that every page has. */
export function respond(
  body: string | ReadableStream<Uint8Array>,
  contentType: string,
  status = 200,
  more: Record<string, string> = {},
): Response {
  return new Response(body, {
    status,
    headers: { ...headers, 'content-type': `${contentType}; charset=utf-8`, ...more },
  });
}

/** The parts of a whole page. */
interface Page {
  title: string;
  /** The navigation; omitted for recipients, who do not see the sandbox. */
  navigation?: Html;
  main: Html;
  script?: string;
  status?: number;
}

export function respondPage({ title, navigation, main, script, status }: Page): Response {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/sandbox/style.css">
${script !== undefined && html`<script src="${script}" type="module"></script>`}
</head>
<body>
${navigation}
${main}
</body>
</html>
`;
  return respond(page.text, 'text/html', status);
}

/** The header of the pages for developers. */
export function navigation(name: string, current: 'control' | 'mail', aside?: Html): Html {
  const link = (page: typeof current, href: string, text: string) =>
    html`<a href="${href}"${page === current && html` aria-current="page"`}>${text}</a>`;
  return html`<header class="bar"><nav aria-label="Sandbox"><strong>${name} sandbox</strong>
${link('control', '/', 'Control')} ${link('mail', '/sandbox/mail', 'Mail')}</nav>${aside}</header>`;
}

/** A readable time without milliseconds. */
export function time(value: string | number): Html {
  const iso = new Date(value).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)}</time>`;
}

/** Fine, waiting for the service or for nobody, waiting for a person, failed. */
export type Kind = 'good' | 'wait' | 'person' | 'bad';

/** A status in the color and with the sign of its kind. */
export function badge(status: string, kind: Kind): Html {
  return html`<span class="badge ${kind}">${status}</span>`;
}
