import { isIdentifier } from '../identifiers.ts';

/** A string literal, in single quotes if nothing needs escaping. */
export function quote(text: string): string {
  return /^[ !#-&(-[\]-~]*$/.test(text)
    ? `'${text}'`
    : JSON.stringify(text).replace(/[\u2028\u2029]/g, escapeUnicode);
}

/** A property name of an object type or literal. */
export function propertyName(name: string): string {
  return isIdentifier(name) ? name : quote(name);
}

/** A function of the runtime, or a call of it, in a literal. */
export class Code {
  readonly name: string;
  readonly args: unknown[] | undefined;

  /** @param args of a call; without them, the function itself */
  constructor(name: string, args?: unknown[]) {
    this.name = name;
    this.args = args;
  }
}

/** The longest line of a literal. */
const WIDTH = 110;

/**
 * The literal of a value, in one line if it is short. Fields that are undefined are left out.
 *
 * @param indent of the line that it starts in
 */
export function literal(value: unknown, indent = '', wide = false): string {
  const inner = (each: unknown) => literal(each, wide ? `${indent}  ` : '', false);
  const parts = (open: string, all: string[], close: string) => {
    if (all.length === 0) return open + close;
    if (wide) return `${open}\n${all.map((each) => `${indent}  ${each},\n`).join('')}${indent}${close}`;
    return open === '[' ? `[${all.join(', ')}]` : `{ ${all.join(', ')} }`;
  };
  const write = () => {
    if (value instanceof Code) {
      const args = value.args?.map((each) => (wide ? literal(each, indent, true) : literal(each)));
      return args ? `${value.name}(${args.join(', ')})` : value.name;
    }
    if (Array.isArray(value)) return parts('[', value.map(inner), ']');
    if (typeof value === 'string') return quote(value);
    if (typeof value !== 'object' || value === null) return String(value);
    const fields = Object.entries(value).filter(([, each]) => each !== undefined);
    return parts(
      '{',
      fields.map(([name, each]) => field(name, inner(each))),
      '}',
    );
  };
  const text = write();
  return !wide && indent.length + text.length > WIDTH ? literal(value, indent, true) : text;
}

/** The field of an object literal. `__proto__` would set the prototype otherwise. */
export function field(name: string, value: string): string {
  if (name === '__proto__') return `['__proto__']: ${value}`;
  return name === value ? name : `${propertyName(name)}: ${value}`;
}

/**
 * A JSDoc comment with these paragraphs, without the empty ones; empty without any. The text cannot end the comment.
 */
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

/** An import or export of names, with types as `type Name`; empty without names. */
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

/** The name of a type, for `emitNames`. */
export function typeOnly(name: string): string {
  return `type ${name}`;
}

/** Independent of the machine's locale. */
function sortKey(name: string): string {
  return nameOf(name).toLowerCase();
}

function nameOf(name: string): string {
  return name.replace('type ', '');
}
