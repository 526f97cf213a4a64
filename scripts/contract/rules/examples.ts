import type { Oas3Rule, UserContext } from '@redocly/openapi-core';
import type { Content } from '../../openapi/document.ts';
import { chooseMedia } from '../../openapi/media-types.ts';
import { successStatuses } from '../../openapi/operations.ts';
import { isNode, type Node } from './node.ts';

/** Each body has named examples: a mock returns them, and the tests send and receive each of them. */
export const NamedExamples: Oas3Rule = () => ({
  MediaType(mediaType: object, ctx: UserContext) {
    const { examples } = mediaType as Node;
    if (isNode(examples) && Object.keys(examples).length > 0) return;
    ctx.report({
      message: 'Give this body named examples, one for each case.',
      location: ctx.location.key(),
    });
  },
});

/**
 * An example of a request and that of its response have the same name, so that the mock and the docs can combine them.
 */
export const MatchingExamples: Oas3Rule = () => ({
  Operation(operation: object, ctx: UserContext) {
    const { requestBody, responses } = operation as Node;
    const cases = caseNames(requestBody, ctx);
    if (!isNode(requestBody) || !isNode(responses)) return;
    const [status] = successStatuses({ responses: new Map(Object.entries(responses)) });
    if (status === undefined) return;
    const responded = caseNames(responses[status], ctx);
    const missing = cases.filter((name) => !responded.includes(name));
    if (responded.length === 0 || missing.length === 0) return;
    ctx.report({
      message: `Add to the ${status} an example of the same name for each of the request: ${missing.join(', ')}.`,
      location: ctx.location.child(['responses', status]).key(),
    });
  },
});

/** Names of the examples of a body in JSON. */
function caseNames(body: unknown, ctx: UserContext): string[] {
  const node = isNode(body) && typeof body.$ref === 'string' ? ctx.resolve({ $ref: body.$ref }).node : body;
  const media = isNode(node) && isNode(node.content) ? chooseMedia(node.content as Content) : undefined;
  return media?.kind === 'json' ? Object.keys(media.examples) : [];
}
