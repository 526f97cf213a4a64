import { type Draft, hole } from './draft.ts';
import { pascalCase } from './names.ts';

/** Where a fact comes from; to be put below a key, or at the top of a file. */
export const provenance = `x-provenance:
  certainty: stated
  source: /${hole}
`;

export function indent(text: string, spaces: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(spaces));
}

/** A schema with one field, unless there is one of that name. */
export function addSchema(draft: Draft, name: string): void {
  draft.offer(
    `components/schemas/${name}.yaml`,
    `description: ${hole}. What it is, in sentences.
type: object
${provenance}required: [id]
properties:
  id:
    description: ${hole}. Each field has a description, an example, and the bounds that the page states.
    type: string
    examples: [${hole}]
`,
  );
}

/** An example of that schema. */
export function addExample(draft: Draft, name: string): void {
  draft.offer(
    `components/examples/${name}.yaml`,
    `summary: ${hole}, the case that it shows
value:
  id: ${hole}
`,
  );
}

/** A path parameter, by the name in the path. @returns the name of its file */
export function addParameter(draft: Draft, name: string): string {
  const component = pascalCase(name);
  draft.offer(
    `components/parameters/${component}.yaml`,
    `name: ${name}
in: path
description: ${hole}. What the operation is about.
required: true
schema:
  type: string
example: ${hole}
${provenance}`,
  );
  return component;
}
