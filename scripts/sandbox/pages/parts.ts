import { type Html, html } from './html.ts';

/** The number of rows that a list shows. */
const shown = 50;

/** A card with a list of rows. @param rows the newest first */
export function list(
  id: string,
  title: string,
  rows: readonly Html[],
  none: Html | string,
  note?: Html,
): Html {
  return html`<section class="card" id="${id}"><div class="head"><h2>${title} <span class="soft">${rows.length}</span></h2>${note}</div>
${rows.length === 0 ? html`<p class="soft">${none}</p>` : html`<ul class="rows">${rows.slice(0, shown)}</ul>`}
${rows.length > shown && html`<p class="soft small">The newest ${shown} of ${rows.length}.</p>`}</section>`;
}

/** A row that shows more when it is opened. @param action a button at its end */
export function entry(id: string, head: Html, body: Html, action?: Html | false): Html {
  return html`<li${action && html` class="acts"`}><details id="${id}"><summary>${head}</summary><div class="body">${body}</div></details>${action}</li>`;
}

export function option(value: string, text = value, selected = false): Html {
  return html`<option value="${value}"${selected && html` selected`}>${text}</option>`;
}

/** A button that sends a command. @param kind the classes of its style */
export function command(text: string, what: object, kind = ''): Html {
  return html`<button type="button" class="${kind}" data-command="${JSON.stringify(what)}">${text}</button>`;
}

/** A button that copies a text. */
export function copy(text: string, name: string, content: Html | string = 'Copy'): Html {
  return html`<button type="button" class="text" data-copy="${text}" aria-label="Copy ${name}">${content}</button>`;
}

/** A value in one line, with a button that copies it. */
export function value(text: string, name: string): Html {
  return html`<span class="value"><code>${text}</code>${copy(text, name)}</span>`;
}

/** A block of code with a name. JSON is indented; other text stays as it is. */
export function code(name: string, content: string | object): Html {
  return html`<div class="code"><div class="head"><span>${name}</span>${copy(pretty(content), name)}</div>
<pre tabindex="0" role="group" aria-label="${name}">${pretty(content)}</pre></div>`;
}

function pretty(content: string | object): string {
  try {
    return JSON.stringify(typeof content === 'string' ? JSON.parse(content) : content, null, 2);
  } catch {
    return String(content);
  }
}

/** Names and values. */
export function facts(rows: Record<string, Html | string | undefined>): Html {
  const present = Object.entries(rows).filter(([, each]) => each !== undefined && each !== '');
  return html`<dl>${present.map(([name, each]) => html`<dt>${name}</dt><dd>${each}</dd>`)}</dl>`;
}
