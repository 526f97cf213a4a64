import Prism from 'prismjs';
import 'prismjs/components/prism-bash.js';
import 'prismjs/components/prism-typescript.js';
import 'prismjs/components/prism-json.js';
import 'prismjs/components/prism-yaml.js';
import { escapeHtml } from '../site/html.ts';

const languages: Record<string, string> = {
  sh: 'bash',
  ts: 'typescript',
  js: 'javascript',
  json: 'json',
  yaml: 'yaml',
};

/** Code as HTML with a span of a class for each token; as it is, where the language is not known. */
export function highlight(code: string, language: string): string {
  const name = languages[language] ?? language;
  const grammar = Prism.languages[name];
  return grammar ? Prism.highlight(code, grammar, name) : escapeHtml(code);
}
