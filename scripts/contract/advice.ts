import type { NormalizedProblem } from '@redocly/openapi-core';
import { adviceForRefusal } from './source-files.ts';

/** What to do about a problem, in the order of usefulness: the name that was meant, our own words, the rule's page. */
export function adviceFor({ ruleId, message, suggest, reference }: NormalizedProblem): string {
  if (suggest.length > 0) return `Did you mean ${suggest.slice(0, 5).join(' or ')}?`;
  return (
    adviceForRefusal(message) ??
    ownWords[ruleId] ??
    (reference ? `How to mend it: ${reference}` : 'See the rule in redocly.yaml.')
  );
}

/** For the rules that every contract meets, a contract of another team included. */
const ownWords: Record<string, string> = {
  'configuration struct': 'Use a rule, a preset or an option that exists: https://redocly.com/docs/cli/rules',
  struct: 'Write it as the OpenAPI specification wants it: https://spec.openapis.org/oas/latest.html',
  'no-unresolved-refs':
    'Create what the $ref names, or mend its path: a path is relative to the file that holds the $ref.',
  'operation-parameters-unique': 'Remove one of the two, or give it another name.',
  'operation-operationId-unique': 'Give each operation a name of its own: it becomes the name of a method.',
};
