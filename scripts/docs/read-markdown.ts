import { lexer, type Token, type Tokens, walkTokens } from 'marked';

/** A code block. */
export interface Code {
  language: string;
  /** The name of a program that stands after the language: `receiver.ts`. Empty without one. */
  name: string;
  text: string;
}

export function codeIn(markdown: string): Code[] {
  const found: Code[] = [];
  walkTokens(lexer(markdown), (token) => {
    if (token.type !== 'code') return;
    const [language = '', name = ''] = (token.lang ?? '').split(' ');
    found.push({ language, name, text: token.text });
  });
  return found;
}

/** The parts of a text below its headings of levels 1 and 2. */
export function sectionsOf(markdown: string): { title: string; text: string }[] {
  const sections: { title: string; text: string }[] = [];
  for (const token of lexer(markdown)) {
    if (token.type === 'heading' && token.depth <= 2) sections.push({ title: token.text, text: '' });
    else {
      const last = sections.at(-1);
      if (last) last.text += token.raw;
    }
  }
  return sections;
}

/** The words between backticks in the prose. */
export function namesIn(markdown: string): Set<string> {
  const names = new Set<string>();
  walkTokens(lexer(markdown), (token) => {
    if (token.type === 'codespan') names.add(token.text);
  });
  return names;
}

/** The prose in one line, without code blocks and Markdown syntax. */
export function plainText(markdown: string): string {
  return lexer(markdown).map(textOf).join(' ').replace(/\s+/g, ' ').trim();
}

/** The first sentence of the first paragraph, as plain text. */
export function firstSentence(markdown: string): string {
  const paragraph = lexer(markdown).find(({ type }) => type === 'paragraph');
  const text = plainText(paragraph?.raw ?? '');
  return /^.+?[.!?](?= |$)/.exec(text)?.[0] ?? text;
}

function textOf(token: Token): string {
  if (token.type === 'code' || token.type === 'html') return '';
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [header, ...rows]
      .flatMap((cells) => cells.map(({ tokens }) => tokens.map(textOf).join('')))
      .join(' ');
  }
  if (token.type === 'list') return (token as Tokens.List).items.map(textOf).join(' ');
  const { tokens, text = '' } = token as Tokens.Text;
  return tokens ? tokens.map(textOf).join('') : text;
}
