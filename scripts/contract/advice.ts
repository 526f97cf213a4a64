import type { Source } from '@redocly/openapi-core';
import { nearest } from '../cli/nearest.ts';
import type { Fault, Problem } from './fault.ts';
import { meantTarget } from './meant-target.ts';
import { parseYaml } from './parse-yaml.ts';
import { valueAt } from './pointer.ts';
import { adviceForRefusal } from './source-files.ts';

/** The files of a contract. */
export interface ContractFiles {
  /** Absolute paths, also of those that do not exist or may not be read. */
  getFiles(): ReadonlySet<string>;
  /** What was read, the first file first. */
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * How to fix a problem, by the most useful source: the name that was meant, our own text, the page of the rule.
 */
export function adviceFor(problem: Problem, files: ContractFiles): string {
  const { ruleId, message, suggest, reference, fault } = problem;
  const refused = adviceForRefusal(message);
  if (refused !== undefined) return refused;
  const own = meantFor(problem, files);
  const meant = own === undefined ? suggest.slice(0, 5) : [own];
  if (meant.length > 0) return `Did you mean ${meant.join(' or ')}?`;
  if (ruleId === 'struct') return adviceForStructure(fault);
  return (
    ownWords[ruleId] ??
    adviceForHouseRule(ruleId, message) ??
    (reference ? `How to fix it: ${reference}` : 'See the rule in redocly.yaml.')
  );
}

/** The name that was meant, where the linter suggests none or another. */
function meantFor({ ruleId, fault, location: [place] }: Problem, files: ContractFiles): string | undefined {
  if (place === undefined) return undefined;
  if (ruleId === 'no-unresolved-refs') return meantTarget(place, files.getFiles());
  const { source, pointer = '' } = place;
  const written = () => String(valueAt(parseYaml(source.body), pointer).found);
  // An abbreviation, such as `int`, is more than a typing error away. Every value starts with an empty one.
  if (fault?.code === 'value')
    return (
      fault.values.find((value) => written() !== '' && value.startsWith(written())) ??
      nearest(written(), fault.values)
    );
  return ruleId === 'operation-tag-defined' ? nearest(written(), tagsIn(files.sources)) : undefined;
}

function tagsIn(sources: ContractFiles['sources']): string[] {
  const [first] = sources.values();
  const { tags } = Object(parseYaml(first?.body ?? ''));
  return Array.isArray(tags) ? tags.map((tag) => String(Object(tag).name)) : [];
}

const fitExample = 'Correct the example or, if the service does send this, the schema.';
const describe = 'Add a description, in sentences that say what the schema cannot.';

/** For the rules that apply to every contract, including those of other teams. */
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

/** A template to paste and complete. */
const provenanceBlock = `x-provenance:
  certainty: stated # or example, or inferred with a reason
  source: /path-of-the-page`;

/** Sections of spec/README.md, by the rule that enforces them. */
const sections: Record<string, string> = {
  'contract/provenance': 'Certainty: `x-provenance`',
  'contract/extensions': 'The other `x-` keys',
  'contract/key-order': 'Add an operation',
  'contract/named-examples': 'Add an operation',
  'contract/matching-examples': 'Add an operation',
  'contract/common-errors': 'Add an operation',
  'contract/named-events': 'Open values',
  'contract/no-todo': 'Style',
  'contract/file-names': 'The contract',
  'contract/no-unused-files': 'The contract',
};

function adviceForHouseRule(rule: string, message: string): string | undefined {
  if (!/^(?:contract|rule)\//.test(rule)) return undefined;
  const see = `See "${sections[rule] ?? 'Style'}" in spec/README.md.`;
  if (!message.startsWith('State the certainty ')) return see;
  return `${see} To paste here:\n${provenanceBlock.replaceAll(/^/gm, '    ')}`;
}

/** How to fix an invalid structure. */
function adviceForStructure(fault: Fault | undefined): string {
  switch (fault?.code) {
    case 'outdented':
      return `Indent what belongs to \`${fault.key}\` by two more spaces.`;
    case 'unexpected':
      return adviceForKey(fault.keys[0] ?? '');
    case 'missing':
      return `Add \`${fault.field}\` to it.`;
    case 'none-of':
      return `Add one of ${fault.fields.join(', ')}.`;
    case 'value':
      return fault.field === 'type' ? "Write one of these; null stands in quotes: 'null'." : elsewhere;
    case 'type':
      if (fault.form) return adviceForType(fault.type, fault.form);
      if (fault.type === 'array') return adviceForType('', 'array');
      return `Write a value of the type ${fault.type} here${quoteHint(fault.type)}.`;
    default:
      return elsewhere;
  }
}

const elsewhere = 'Compare it with the OpenAPI specification: https://spec.openapis.org/oas/latest.html';

/** Keywords of older versions of OpenAPI and JSON Schema, and their equivalents in 3.1. */
const spellings: Record<string, string> = {
  nullable:
    "Write type: [string, 'null'] instead, with the type that stands here: OpenAPI 3.1 has no nullable.",
  example: 'Write it as a list, examples: [...], or move it to where OpenAPI allows it.',
  definitions: 'Move what is below it to components/schemas.',
  host: 'Write servers: [{ url: https://... }] instead.',
  basePath: 'Write servers: [{ url: https://... }] instead.',
  consumes: 'Name the media type in requestBody/content instead.',
  produces: 'Name the media type in responses/.../content instead.',
};

function adviceForKey(key: string): string {
  return (
    spellings[key] ??
    'Remove it, indent it to where it belongs, or begin its name with x- if it is an extension.'
  );
}

/** What the parts of a contract look like that people write by hand. */
const shapes: Record<string, string> = {
  Schema: 'a schema, such as { type: string }, or a $ref to one',
  SchemaProperties: 'a schema for each field, such as { id: { type: string } }',
  Responses: "a response for each status, such as { '200': { description: Fine. } }",
  Response: 'a response with a description, such as { description: Fine. }, or a $ref to one',
  Parameter: 'a parameter, such as { name: page, in: query, schema: { type: integer } }, or a $ref to one',
  RequestBody: 'a body, such as { content: { application/json: { schema: ... } } }, or a $ref to one',
  MediaTypesMap: 'a schema for each media type, such as { application/json: { schema: ... } }',
  MediaType: 'an object with a schema, such as { schema: { type: object } }',
  Operation: "an operation, such as { operationId: getSite, responses: { '200': ... } }",
  PathItem: 'an operation for each method, such as { get: ... }, or a $ref to a file with them',
  Paths: 'an object for each path, such as { /site/{site_id}: ... }',
  Info: 'an object such as { title: My API, version: 1.0.0 }',
};

function adviceForType(type: string, kind: string): string {
  const shape = shapes[type];
  if (shape !== undefined) return `Write ${shape}.`;
  return kind === 'array'
    ? 'Write a list: each item on a line of its own, after "- ".'
    : 'Write an object: a "key: value" on each line, indented below this one.';
}

function quoteHint(type: string): string {
  return type === 'string' ? ', in quotes if it looks like something else' : '';
}
