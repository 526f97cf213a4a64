import { parseArgs } from 'node:util';
import { Failure } from './failure.ts';

/** `flag` stands alone (`--check`), `value` takes the next argument (`--port 4010` or `--port=4010`). */
type FlagKinds = Record<string, 'flag' | 'value'>;

type FlagValues<Kinds extends FlagKinds> = {
  [Name in keyof Kinds]?: Kinds[Name] extends 'flag' ? true : string;
};

/**
 * Reads the command line. Node's own strict mode would throw as well, but its messages speak to the programmer who
 * wrote the options, not to the person who typed them.
 *
 * @param usage one line that shows a correct call, added to each message
 * @throws {Failure} exit code 2, for an unknown flag, a missing or an unwanted value, a stray argument
 */
export function parseFlags<const Kinds extends FlagKinds>(
  args: readonly string[],
  kinds: Kinds,
  usage: string,
): FlagValues<Kinds> {
  const refuse = (problem: string): never => {
    throw new Failure(`${problem}\nUsage: ${usage}`, { exitCode: 2 });
  };
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(kinds).map(([name, kind]) => [
        name,
        { type: kind === 'flag' ? 'boolean' : 'string' } as const,
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });

  const values: Record<string, string | true> = {};
  for (const token of tokens) {
    if (token.kind === 'positional')
      refuse(`"${token.value}" is not expected here: every argument is a flag.`);
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (!Object.hasOwn(kinds, name)) refuse(`There is no flag ${rawName}.`);
    if (kinds[name] === 'flag') {
      if (value !== undefined) refuse(`${rawName} takes no value, but got "${value}".`);
      values[name] = true;
    } else if (value === undefined || value === '' || (!token.inlineValue && value.startsWith('--'))) {
      refuse(`${rawName} needs a value.`);
    } else {
      values[name] = value;
    }
  }
  return values as FlagValues<Kinds>;
}
