import { samplesFor } from '../calls/samples.ts';
import { operationsIn, titleOf } from '../operations.ts';
import { escapeHtml } from '../site/html.ts';
import { chapterAddress, homeAddress, operationAddress, referenceAddress } from '../site/navigation.ts';
import type { Page } from '../site/page.ts';
import type { Described, Source } from '../source.ts';
import { listChapters } from './chapters.ts';
import { renderCode, renderMarkdown } from './render-markdown.ts';

/** The home page: the purpose of the API, a sample call, and the contents. */
export function homePage(source: Source): Page {
  const { document } = source;
  const { info } = document;
  const chapters = listChapters(source);
  const first = chapters.find(({ isWritten }) => isWritten);
  const cards = chapters.map(
    ({ name, title, summary }) =>
      `<li><a href="${chapterAddress(name)}"><strong>${escapeHtml(title)}</strong><span>${escapeHtml(summary)}</span></a></li>`,
  );
  return {
    title: info.title,
    address: homeAddress,
    description: info.summary,
    kind: 'home',
    content: `<main id="content" tabindex="-1">
<div class="hero">
<div class="pitch">
<h1>${escapeHtml(info.title)}</h1>
${info.summary && `<p class="lead">${escapeHtml(info.summary)}</p>`}
<p class="actions">${first ? `<a class="primary" href="${chapterAddress(first.name)}">${escapeHtml(first.title)}</a>` : ''}<a${first ? '' : ' class="primary"'} href="${referenceAddress}#/">Browse the reference</a></p>
<div class="about">
${renderMarkdown(info.description).html}</div>
</div>
${renderShowcase(source)}
</div>
${cards.length > 0 ? `<h2 id="guide">Guide</h2>\n<ul class="cards">\n${cards.join('\n')}\n</ul>` : ''}
<h2 id="reference">Reference</h2>
<div class="operations">
${renderOperations(document)}
</div>
<h2 id="programs">For programs</h2>
<p>The same docs as Markdown, for agents and search tools: <a href="llms.txt">llms.txt</a> lists a file for each chapter
and operation, <a href="reference.md">reference.md</a> holds everything, and <a href="openapi.yaml">openapi.yaml</a> is the
contract itself.</p>
</main>`,
  };
}

/** The code samples of the first operation with a request body. */
function renderShowcase(source: Source): string {
  const operations = operationsIn(source.document).filter(({ isWebhook }) => !isWebhook);
  const shown = operations.find(({ described }) => described.body) ?? operations[0];
  if (!shown) return '';
  const samples = samplesFor(shown, source).map(({ label, language, code }) => ({
    label,
    html: renderCode([...code.values()][0] ?? '', language),
  }));
  const tabs = samples.map(
    ({ label }, index) =>
      `<button type="button" role="tab" id="tab-${index}" aria-controls="panel-${index}" aria-selected="${index === 0}"${index === 0 ? '' : ' tabindex="-1"'}>${label}</button>`,
  );
  const panels = samples.map(
    ({ html }, index) =>
      `<div role="tabpanel" id="panel-${index}" aria-labelledby="tab-${index}"${index === 0 ? '' : ' hidden'}>${html}</div>`,
  );
  return `<section class="showcase" aria-label="An example of a call">
<a class="endpoint" href="${operationAddress(shown)}"><span class="method ${shown.method.toLowerCase()}">${shown.method}</span><code>${escapeHtml(shown.path)}</code></a>
<div class="tabs" role="tablist" aria-label="Ways to call">${tabs.join('')}</div>
${panels.join('\n')}
</section>`;
}

function renderOperations(document: Described): string {
  const operations = operationsIn(document);
  return document.tags
    .map(({ name, description }) => {
      const items = operations
        .filter(({ operation }) => operation.tags.includes(name))
        .map((placed) => {
          const { method, path, operation, isWebhook } = placed;
          const note = isWebhook ? operation.summary : path;
          return `<li><a href="${operationAddress(placed)}"><span class="method ${method.toLowerCase()}">${method}</span><strong>${escapeHtml(titleOf(placed))}</strong><span class="note">${escapeHtml(note)}</span></a></li>`;
        });
      return `<section><h3>${escapeHtml(name)}</h3>${renderMarkdown(description).html}<ul>${items.join('\n')}</ul></section>`;
    })
    .join('\n');
}
