import { type Draft, todo } from './draft.ts';
import { pascalCase } from './names.ts';

/** The provenance of a fact, for the end of an object or the top of a file. */
export const provenance = `x-provenance:
  certainty: stated
  source: /${todo}
`;

export function indent(text: string, spaces: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(spaces));
}

/** Adds a schema with one field, unless one with that name exists. */
export function addSchema(draft: Draft, name: string): void {
  draft.offer(
    `components/schemas/${name}.yaml`,
    `description: ${todo}. What it is, in sentences.
type: object
${provenance}required: [id]
properties:
  id:
    description: ${todo}. Each field has a description, an example, and the bounds that the page states.
    type: string
    examples: [${todo}]
`,
  );
}

/** Adds an example of that schema. @param first lines for the fields before `id` */
export function addExample(draft: Draft, name: string, first = ''): void {
  draft.offer(
    `components/examples/${name}.yaml`,
    `summary: ${todo}, the case that it shows
value:
${first}  id: ${todo}
`,
  );
}

/** Adds a path parameter, by its name in the path. @returns the name of its file */
export function addParameter(draft: Draft, name: string): string {
  const component = pascalCase(name);
  draft.offer(
    `components/parameters/${component}.yaml`,
    `name: ${name}
in: path
description: ${todo}. What the operation is about.
required: true
schema:
  type: string
example: ${todo}
${provenance}`,
  );
  return component;
}
