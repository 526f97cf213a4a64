/** The maximum width of a line: the column for code next to an operation is narrow. */
const lineWidth = 52;

/** The style of a literal. */
interface Notation {
  text(value: string): string;
  key(name: string): string;
  /** After the last of several lines. */
  trailingComma: ',' | '';
}

const json: Notation = { text: JSON.stringify, key: JSON.stringify, trailingComma: '' };

const typeScript: Notation = {
  text: quoted,
  key: (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)),
  trailingComma: ',',
};

/**
 * A value as JSON, with short parts on one line.
 *
 * @param used characters of the line that are already used
 */
export function printJson(value: unknown, used: number): string {
  return print(value, json, used, 0);
}

/**
 * A value as a literal in the style of this project.
 *
 * @param used characters of the line that are already used
 */
export function printLiteral(value: unknown, used: number): string {
  return print(value, typeScript, used, 0);
}

function print(value: unknown, notation: Notation, used: number, depth: number): string {
  if (typeof value === 'string') return notation.text(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const [open, close] = isList ? '[]' : '{}';
  const entries = Object.entries(value);
  if (entries.length === 0) return `${open}${close}`;
  const space = isList ? '' : ' ';
  const write = (key: string, part: unknown, usedByPart: number, depthOfPart: number) => {
    const name = isList ? '' : `${notation.key(key)}: `;
    return name + print(part, notation, usedByPart + name.length, depthOfPart);
  };
  const flat = entries.map(([key, part]) => write(key, part, 0, depth)).join(', ');
  if (!flat.includes('\n') && used + flat.length + 2 + 2 * space.length <= lineWidth)
    return `${open}${space}${flat}${space}${close}`;
  const indent = '  '.repeat(depth + 1);
  const lines = entries.map(([key, part]) => indent + write(key, part, indent.length + 1, depth + 1));
  return `${open}\n${lines.join(',\n')}${notation.trailingComma}\n${'  '.repeat(depth)}${close}`;
}

/** A string in single quotes, with escapes. */
function quoted(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}
