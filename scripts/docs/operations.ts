import { methods } from '../generate/client/document.ts';
import { resolve } from './resolve.ts';

/** The parts of an operation that the docs show. */
export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters?: object[];
  requestBody?: object;
  responses: Record<string, object>;
  'x-pagination'?: object;
}

export interface PlacedOperation {
  operation: Operation;
  /** In upper case. */
  method: string;
  /** The path, or the name of the event. */
  path: string;
  isWebhook: boolean;
  /** The parameters of the path item, which apply to each of its operations. */
  sharedParameters: object[];
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  example?: unknown;
  schema?: object;
}

interface PathItem extends Partial<Record<string, unknown>> {
  parameters?: object[];
}

/** Every operation of a bundled document, then every webhook, in the order of the contract. */
export function operationsIn(document: object): PlacedOperation[] {
  const { paths = {}, webhooks = {} } = document as Record<
    'paths' | 'webhooks',
    Record<string, PathItem> | undefined
  >;
  const placed = (items: Record<string, PathItem>, isWebhook: boolean) =>
    Object.entries(items).flatMap(([path, item]) =>
      methods
        .filter((method) => item[method])
        .map((method) => ({
          operation: item[method] as Operation,
          method: method.toUpperCase(),
          path,
          isWebhook,
          sharedParameters: item.parameters ?? [],
        })),
    );
  return [...placed(paths, false), ...placed(webhooks, true)];
}

/** The title of an operation in a list: for a webhook, the name of the event. */
export function titleOf({ operation, path, isWebhook }: PlacedOperation): string {
  return isWebhook ? path : operation.summary;
}

/** All parameters of an operation, those of its path item first. */
export function parametersOf(
  { operation, sharedParameters }: PlacedOperation,
  document: object,
): Parameter[] {
  return [...sharedParameters, ...(operation.parameters ?? [])].map((parameter) =>
    resolve(parameter as Parameter, document),
  );
}
