import type { Oas3Rule, UserContext } from '@redocly/openapi-core';
import { requirementsOf } from '../../openapi/security.ts';
import { isNode, type Node } from './node.ts';

/** The error responses of every operation that requires the key. Stated by the vendor for the whole API. */
const always = { '401': 'Unauthorized', '429': 'TooManyRequests' };

export const CommonErrors: Oas3Rule = () => {
  let contract: object = {};
  return {
    Root(root: object) {
      contract = root;
    },
    Paths: {
      PathItem: {
        Operation(operation: object, ctx: UserContext) {
          const { responses } = operation as Node;
          if (!isNode(responses) || requirementsOf(contract, operation).length === 0) return;
          const missing = Object.entries(always).filter(([status]) => !(status in responses));
          if (missing.length === 0) return;
          const lines = missing.map(
            ([status, name]) => `'${status}': { $ref: ../components/responses/${name}.yaml }`,
          );
          ctx.report({
            message: `Add the responses that every operation can have: ${lines.join(', ')}.`,
            location: ctx.location.child('responses').key(),
          });
        },
      },
    },
  };
};
