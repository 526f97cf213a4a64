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

/** Imports names of the runtime; nothing where there are none. */
export function emitImport(names: string[], module: string): string {
  const list = [...new Set(names)].sort().join(', ');
  return list && `import { ${list} } from './runtime/${module}.ts';\n`;
}
