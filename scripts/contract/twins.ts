import type { LineColLocationObject, Source } from '@redocly/openapi-core';
import type { Place } from '../cli/finding.ts';

/**
 * The other places of an operationId that is not unique; the linter gives only one.
 *
 * @param sources the files of the contract
 */
export function sameOperationId(
  { source, start }: LineColLocationObject,
  sources: ReadonlyMap<string, Source>,
): Place[] {
  const idIn = (line = '') => /(?<!\w)operationId["']?\s*:\s*["']?([^"',}\s]+)/.exec(line)?.[1];
  const id = idIn(source.getLines()[start.line - 1]);
  if (id === undefined) return [];
  return [...sources].flatMap(([file, { body }]) =>
    body
      .split('\n')
      .map((text, index) => ({ text, place: { file, line: index + 1, column: text.lastIndexOf(id) + 1 } }))
      .filter(({ text }) => idIn(text) === id)
      .map(({ place }) => place)
      .filter(({ line }) => file !== source.absoluteRef || line !== start.line),
  );
}

/** The first place of a key that its object has twice, in block style; the parser gives only the second. */
export function sameKey({ source, start }: LineColLocationObject): Place[] {
  const lines = source.getLines();
  // A dash before a key of a list counts as indentation.
  const keyOf = (line = '') => {
    const indentation = line.search(/[^ -]/);
    const [key = ''] = line.slice(indentation).split(/:(?: |$)/);
    return { indentation, key: key.replace(/["' ]/g, '') };
  };
  const own = keyOf(lines[start.line - 1]);
  for (let index = start.line - 2; index >= 0; index--) {
    const { indentation, key } = keyOf(lines[index]);
    if (indentation < 0 || indentation > own.indentation) continue;
    if (indentation < own.indentation) return [];
    if (key === own.key) return [{ file: source.absoluteRef, line: index + 1, column: indentation + 1 }];
  }
  return [];
}
