import { operationsIn } from '../operations.ts';
import { operationAddress } from '../site/navigation.ts';
import type { Links } from './chapters.ts';

/** The targets of links on the pages of the guide, which are all in one folder. */
export function guideLinks(document: object): Links {
  const addresses = new Map(
    operationsIn(document).map((placed) => [placed.operation.operationId, operationAddress(placed)]),
  );
  return {
    chapter: ({ name }, heading) => `${name}.html${heading && `#${heading}`}`,
    operation: (operationId) => `../${addresses.get(operationId)}`,
  };
}
