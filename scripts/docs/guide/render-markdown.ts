import Prism from 'prismjs';
import 'prismjs/components/prism-bash.js';
import 'prismjs/components/prism-typescript.js';
import 'prismjs/components/prism-json.js';
import 'prismjs/components/prism-yaml.js';
import { Marked, type Tokens } from 'marked';
import { escapeHtml } from '../site/html.ts';
import { slug } from '../slug.ts';

/** A heading of the second level. */
export interface Heading {
  id: string;
  title: string;
}

/** A text as HTML, and its headings. */
export function renderMarkdown(markdown: string): { html: string; headings: Heading[] } {
  const headings: Heading[] = [];
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        const html = this.parser.parseInline(tokens);
        if (depth === 1) return `<h1>${html}</h1>\n`;
        const id = slug(text);
        const title = this.parser.parseInline(tokens, this.parser.textRenderer);
        if (depth === 2) headings.push({ id, title });
        return `<h${depth} id="${id}">${html} <a class="anchor" href="#${id}" aria-label="Link to ${title}">#</a></h${depth}>\n`;
      },
      code: ({ text, lang = '' }: Tokens.Code) => renderCode(text, lang),
      table(token: Tokens.Table) {
        const row = (tag: string, cells: Tokens.TableCell[]) =>
          `<tr>${cells.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join('')}</tr>`;
        const body = token.rows.map((cells) => row('td', cells)).join('\n');
        return `<div class="table" tabindex="0"><table>\n<thead>${row('th', token.header)}</thead>\n<tbody>\n${body}\n</tbody></table></div>\n`;
      },
    },
  });
  return { html: marked.parse(markdown, { async: false }), headings };
}

const copyIcon =
  '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><rect x="7" y="7" width="9" height="10" rx="1.5"/><path d="M13 7V4.5A1.5 1.5 0 0 0 11.5 3h-6A1.5 1.5 0 0 0 4 4.5v8A1.5 1.5 0 0 0 5.5 14H7"/></svg>';

/** Highlighted code, with a button that copies it. */
export function renderCode(code: string, language: string): string {
  return `<div class="code"><pre tabindex="0"><code>${highlight(code, language)}</code></pre><button type="button" class="copy" aria-label="Copy">${copyIcon}</button></div>
`;
}

const languages: Record<string, string> = {
  sh: 'bash',
  ts: 'typescript',
  js: 'javascript',
  json: 'json',
  yaml: 'yaml',
};

/** Code as HTML with a span for each token; plain if the language is unknown. */
function highlight(code: string, language: string): string {
  const name = languages[language] ?? language;
  const grammar = Prism.languages[name];
  return grammar ? Prism.highlight(code, grammar, name) : escapeHtml(code);
}
