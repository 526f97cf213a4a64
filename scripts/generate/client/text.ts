import { isIdentifier } from '../identifiers.ts';

/** A string literal, in single quotes where nothing needs an escape. */
export function quote(text: string): string {
  return /^[ !#-&(-[\]-~]*$/.test(text)
    ? `'${text}'`
    : JSON.stringify(text).replace(/[\u2028\u2029]/g, escapeUnicode);
}

/** A property name of an object type or literal. */
export function propertyName(name: string): string {
  return isIdentifier(name) ? name : quote(name);
}

/** A JSDoc comment of these paragraphs; empty ones are left out, and so is one of none. Nothing in them can end it. */
export function docComment(paragraphs: (string | undefined)[], indent = ''): string {
  const text = paragraphs.filter((paragraph) => paragraph?.trim()).join('\n\n');
  if (!text) return '';
  const lines = text
    .replaceAll('*/', '*\\/')
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => `${indent} * ${line}`.trimEnd());
  if (lines.length === 1) return `${indent}/** ${lines[0]?.slice(indent.length + 3)} */\n`;
  return `${indent}/**\n${lines.join('\n')}\n${indent} */\n`;
}

export function indentLines(text: string, indent: string): string {
  return text.replace(/^(?=.)/gm, indent);
}

function escapeUnicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16)}`;
}

/** Imports or exports names, those of types as `type Name`; nothing where there are none. */
export function emitNames(keyword: 'import' | 'export', names: Iterable<string>, module: string): string {
  const sorted = [...new Set(names)].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  if (sorted.length === 0) return '';
  const onlyTypes = sorted.every((name) => name.startsWith('type '));
  const start = onlyTypes ? `${keyword} type` : keyword;
  const list = onlyTypes ? sorted.map(nameOf) : sorted;
  const line = `${start} { ${list.join(', ')} } from '${module}';\n`;
  if (line.length <= 110) return line;
  return `${start} {\n${list.map((name) => `  ${name},\n`).join('')}} from '${module}';\n`;
}

/** The name of a type, as `emitNames` wants it. */
export function typeOnly(name: string): string {
  return `type ${name}`;
}

/** The same on every machine, which a comparison by language would not be. */
function sortKey(name: string): string {
  return nameOf(name).toLowerCase();
}

function nameOf(name: string): string {
  return name.replace('type ', '');
}
