import { parseYaml as parseStrictly } from '@redocly/openapi-core';

/** The error of the parser, with the place where it stopped. */
interface SyntaxFault extends Error {
  reason?: string;
  mark?: { position: number } | null;
}

/** A value read from YAML, and the faults that were tolerated, in the order of the text. */
export interface ReadYaml {
  value: unknown;
  /** Only the first has a place in the text as it is. */
  tolerated: Error[];
}

/** The maximum number of characters to parse again: each fault costs another pass over the text. */
const mostRepeated = 200_000_000;

/** More than the parser can require: 100 levels of objects and lists. */
const indentation = ' '.repeat(400);

/**
 * Parses YAML. Tolerates two faults that can mean only one thing, that most parsers accept, and that published contracts
 * contain: a line of a quoted text or between brackets with too little indentation, and a comment directly after a quote
 * or a bracket.
 *
 * @throws the error of the parser, for the first other fault
 */
export function readYaml(text: string): ReadYaml {
  const tolerated: Error[] = [];
  let corrected = text;
  for (;;) {
    try {
      return { value: parseStrictly(corrected), tolerated };
    } catch (error) {
      const isCheap = (tolerated.length + 1) * text.length <= mostRepeated;
      const next = isCheap ? correct(corrected, error as SyntaxFault) : undefined;
      if (next === undefined) throw tolerated[0] ?? error;
      tolerated.push(error as Error);
      corrected = next;
    }
  }
}

export function parseYaml(text: string): unknown {
  return readYaml(text).value;
}

/** The text without the fault, with the same lines; undefined if the fault is another one. */
function correct(text: string, { reason, mark }: SyntaxFault): string | undefined {
  if (!mark) return undefined;
  const { position } = mark;
  // The parser says this only of quoted texts and brackets, in which indentation has no meaning.
  if (reason === 'deficient indentation') {
    const start = text.lastIndexOf('\n', position - 1) + 1;
    return text.slice(0, start) + indentation + text.slice(start);
  }
  if (text[position] === '#' && /["'\]}]/.test(text[position - 1] ?? ''))
    return `${text.slice(0, position)} ${text.slice(position)}`;
  return undefined;
}
