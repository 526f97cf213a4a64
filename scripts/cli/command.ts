/** The description of a command. `--help` prints it, and the flags are parsed by it. */
export interface Command {
  /** The call without arguments: `npm run mock`. */
  call: string;
  /** What it does, in sentences. */
  about: string;
  /** The positional arguments, as in a usage line: `[NAME...]`. @default none */
  operands?: string;
  flags: Record<string, Flag>;
  /** Complete calls that work unchanged. */
  examples: readonly string[];
  /** The meaning of each exit code. 2, an invalid call, is added to every command. */
  exitCodes: Record<number, string>;
}

export interface Flag {
  /** What the flag does, without a full stop. */
  about: string;
  /** The placeholder for its value in the help: `FILE`. A flag without a placeholder has no value. */
  value?: string;
  /** The usage shows it without brackets. */
  required?: true;
  /** Whether it can be given several times. */
  repeats?: true;
}

/** The values of the given flags; a flag without a value is `true`. */
export type FlagValues<Flags extends Record<string, Flag>> = {
  [Name in keyof Flags]?: Flags[Name] extends { value: string }
    ? Flags[Name] extends { repeats: true }
      ? string[]
      : string
    : true;
};

let ourCall: string | undefined;

/** Makes help and failures show calls of the package's own command line, and not of npm scripts. */
export function callAs(call: string): void {
  ourCall = call;
}

/** A text with its calls as the user makes them. */
export function withCalls(text: string): string {
  if (ourCall === undefined) return text;
  return text.replace(
    /\bnpm run (gen|lint|mock|docs:preview|docs|diff|verify|new)\b(?: --(?= ))?/g,
    `${ourCall} $1`,
  );
}

/** One line that shows how a command is called. */
export function usageOf({ call, operands, flags }: Command): string {
  const words = Object.entries(flags).map(([name, flag]) => {
    const word = spell(name, flag);
    return flag.required ? word : `[${word}]${flag.repeats ? '...' : ''}`;
  });
  if (operands !== undefined) words.unshift(operands);
  return ['Usage:', call, ...(words.length > 0 ? ['--', ...words] : [])].join(' ');
}

/** The text that `--help` prints. */
export function helpOf(command: Command): string {
  const { about, flags, examples, exitCodes } = command;
  const rows = Object.entries(flags).map(([name, flag]) => [spell(name, flag), flag.about] as const);
  const codes = Object.entries({ ...exitCodes, 2: 'The call was invalid.' });
  return [
    wrap(about, 0),
    usageOf(command),
    `Flags:\n${table([...rows, ['-h, --help', 'print this help and do nothing else']])}`,
    `Examples:\n${examples.map((example) => `  ${example}`).join('\n')}`,
    `Exit codes:\n${table(codes)}`,
  ].join('\n\n');
}

function spell(name: string, { value }: Flag): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows.map(([name, text]) => `  ${name}`.padEnd(width) + wrap(text, width)).join('\n');
}

const lineLength = 100;

/** Wraps a text; all lines but the first are indented. */
function wrap(text: string, indentation: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && indentation + longer.length <= lineLength) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines.join(`\n${' '.repeat(indentation)}`);
}
