import { type Draft, todo } from './draft.ts';
import { pascalCase } from './names.ts';
import { addExample, indent, provenance } from './parts.ts';
import { enter } from './table-of-contents.ts';

/**
 * Drafts an event. It uses the payload of the other events on the same subject (the first word of the name), and adds
 * the event to their list of names.
 */
export function draftWebhook(draft: Draft, name: string): void {
  const subject = pascalCase(name.split('.')[0] ?? name);
  const payload = `${subject}Event`;
  const example = `${pascalCase(name)}Event`;
  addEventType(draft, `${payload}Type`, name);
  draft.offer(
    `components/schemas/${payload}.yaml`,
    `description: ${todo}. What the event tells.
type: object
${provenance}required: [eventType, id]
properties:
  eventType:
    $ref: ${payload}Type.yaml
  id:
    description: ${todo}. Each field has a description and an example.
    type: string
    examples: [${todo}]
`,
  );
  addExample(draft, example, `  eventType: ${name}\n`);
  draft.write(
    `webhooks/${name}.yaml`,
    `post:
  operationId: on${pascalCase(name.replace(/\.v\d+$/, ''))}
  summary: Receive ${todo}
  description: ${todo}. When it is sent, and what follows from it.
  tags: [Webhooks]
  # Signed instead: the headers prove who sends it.
  security: []
${indent(provenance, 2)}  parameters:
    - $ref: ../components/parameters/SvixId.yaml
    - $ref: ../components/parameters/SvixTimestamp.yaml
    - $ref: ../components/parameters/SvixSignature.yaml
  requestBody:
    description: ${todo}. What is sent.
    required: true
    content:
      application/json:
        schema:
          $ref: ../components/schemas/${payload}.yaml
        examples:
          ${todo.toLowerCase()}:
            $ref: ../components/examples/${example}.yaml
  responses:
    '2XX':
      description: The event is received. After any other response, or none within 15 seconds, it is sent again.
      x-provenance:
        certainty: stated
        source: /developer-guide/webhooks
`,
  );
  enter(draft, 'webhooks', name, `webhooks/${name}.yaml`);
}

/** The list of event names, in the field that identifies the event. */
function addEventType(draft: Draft, component: string, name: string): void {
  const file = `components/schemas/${component}.yaml`;
  draft.offer(
    file,
    `description: Which event this is.
type: string
# No enum: an event that was added later must not break a receiver.
x-enumDescriptions:
  ${name}: ${todo}.
examples: [${name}]
${provenance}`,
  );
  draft.edit(file, (document) => document.setIn(['x-enumDescriptions', name], `${todo}.`));
}
