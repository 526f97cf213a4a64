import type { NormalizedProblem } from '@redocly/openapi-core';
import { meantTarget } from './meant-target.ts';
import { adviceForRefusal } from './source-files.ts';
import { adviceForStructure } from './structure.ts';

/**
 * What to do about a problem, in the order of usefulness: the name that was meant, our own words, the rule's page.
 *
 * @param files absolute paths of the files that were read
 */
export function adviceFor(problem: NormalizedProblem, files: ReadonlySet<string>): string {
  const { ruleId, message, suggest, reference } = problem;
  const refused = adviceForRefusal(message);
  if (refused !== undefined) return refused;
  const meant = ruleId === 'no-unresolved-refs' ? meantFor(problem, files) : suggest.slice(0, 5);
  if (meant.length > 0) return `Did you mean ${meant.join(' or ')}?`;
  if (ruleId === 'struct') return adviceForStructure(message);
  return (
    ownWords[ruleId] ??
    adviceForHouseRule(ruleId, message) ??
    (reference ? `How to fix it: ${reference}` : 'See the rule in redocly.yaml.')
  );
}

function meantFor({ location: [place] }: NormalizedProblem, files: ReadonlySet<string>): string[] {
  const meant = place && meantTarget(place, files);
  return meant === undefined ? [] : [meant];
}

const fitExample = 'Correct the example or, if the service does send this, the schema.';
const describe = 'Add a description, in sentences that say what the schema cannot.';

/** For the rules that every contract meets, a contract of another team included. */
const ownWords: Record<string, string> = {
  'configuration struct': 'Use a rule, a preset or an option that exists: https://redocly.com/docs/cli/rules',
  'no-unresolved-refs':
    'Create what the $ref names, or fix its path: a path is relative to the file that holds the $ref.',
  'operation-parameters-unique': 'Remove one of the two, or give it another name.',
  'no-invalid-media-type-examples': fitExample,
  'no-invalid-schema-examples': fitExample,
  'no-invalid-parameter-examples': fitExample,
  'no-required-schema-properties-undefined': 'Describe it below properties, or remove it from required.',
  'scalar-property-missing-example': 'Add examples: [...] with a value of the story that all examples tell.',
  'operation-description': describe,
  'parameter-description': describe,
  'operation-operationId-unique': 'Give each operation a name of its own: it becomes the name of a method.',
};

/** To be pasted, its source filled in. */
const provenanceBlock = `x-provenance:
  certainty: stated # or example, or inferred with a reason
  source: /path-of-the-page`;

/** Sections of spec/README.md, by the rule that enforces them. */
const sections: Record<string, string> = {
  'contract/provenance': 'How sure we are: `x-provenance`',
  'contract/extensions': 'The other `x-` keys',
  'contract/key-order': 'Add an operation',
  'contract/named-examples': 'Add an operation',
  'contract/matching-examples': 'Add an operation',
  'contract/common-errors': 'Add an operation',
  'contract/named-events': 'Open values',
  'contract/no-holes': 'Style',
  'contract/file-names': 'The contract',
  'contract/no-unused-files': 'The contract',
};

function adviceForHouseRule(rule: string, message: string): string | undefined {
  if (!/^(?:contract|rule)\//.test(rule)) return undefined;
  const see = `See "${sections[rule] ?? 'Style'}" in spec/README.md.`;
  if (!message.startsWith('Say how sure ')) return see;
  return `${see} To paste here:\n${provenanceBlock.replaceAll(/^/gm, '    ')}`;
}
