import { namesIn } from '../openapi/template.ts';
import { type Draft, todo } from './draft.ts';
import { operationIdFor, pascalCase, subjectOf } from './names.ts';
import { addExample, addParameter, addSchema, indent, provenance } from './parts.ts';
import { enter, enterTag } from './table-of-contents.ts';

/** Methods with a request body, and the success status that they usually have. */
const successOf: Record<string, string> = {
  get: '200',
  post: '201',
  put: '200',
  patch: '200',
  delete: '200',
};

/**
 * Drafts an operation with everything that the rules require: its path, parameters, bodies with an example, errors and
 * tag.
 *
 * @param taken the operationIds of the contract
 */
export function draftOperation(draft: Draft, method: string, path: string, taken: ReadonlySet<string>): void {
  const operationId = operationIdFor(method, path, taken);
  const subject = subjectOf(path);
  const file = `paths/${path.slice(1).replaceAll('/', '@')}.yaml`;
  const [, siblingTag] = (draft.has(file) && /^ {2}tags: \[(.*)\]$/m.exec(draft.read(file))) || [];
  const tag = siblingTag ?? `${subject}s`;
  const text = operationText(draft, { method, operationId, subject, tag });
  if (draft.has(file)) {
    draft.write(file, draft.read(file) + text);
  } else {
    const references = namesIn(path).map(
      (name) => `  - $ref: ../components/parameters/${addParameter(draft, name)}.yaml\n`,
    );
    const parameters = references.length > 0 ? `parameters:\n${references.join('')}` : '';
    draft.write(file, parameters + text);
    enter(draft, 'paths', path, file);
  }
  enterTag(draft, tag, `${todo}. What the operations of this tag are about.`);
}

interface Named {
  method: string;
  operationId: string;
  subject: string;
  tag: string;
}

function operationText(draft: Draft, { method, operationId, subject, tag }: Named): string {
  const hasBody = ['post', 'put', 'patch'].includes(method);
  const request = `${pascalCase(operationId)}Request`;
  addSchema(draft, subject);
  addExample(draft, subject);
  if (hasBody) {
    addSchema(draft, request);
    addExample(draft, request);
  }
  const verb = pascalCase(operationId.replace(/[A-Z].*/, ''));
  return `${method}:
  operationId: ${operationId}
  summary: ${verb} ${todo}
  description: ${todo}. What the schema cannot say, such as effects, limits, order, or who may call.
  tags: [${tag}]
${indent(provenance, 2)}${hasBody ? `  requestBody:\n    description: ${todo}. What is sent.\n${content(request)}` : ''}  responses:
    '${successOf[method] ?? '200'}':
      description: ${todo}. What it means.
      x-provenance:
        certainty: inferred
        source: /${todo}
        reason: ${todo}. Why this status, where the page does not state it.
${indent(content(subject), 2)}    '400':
      $ref: ../components/responses/BadRequest.yaml
    '401':
      $ref: ../components/responses/Unauthorized.yaml
    '403':
      $ref: ../components/responses/Forbidden.yaml
    '429':
      $ref: ../components/responses/TooManyRequests.yaml
`;
}

/** A JSON body with one example. */
function content(schema: string): string {
  return `    content:
      application/json:
        schema:
          $ref: ../components/schemas/${schema}.yaml
        examples:
          ${todo.toLowerCase()}:
            $ref: ../components/examples/${schema}.yaml
`;
}
