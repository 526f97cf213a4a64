import type { Document } from '../openapi/document.ts';
import { type ContractOperation, operationsOf, webhooksOf } from '../openapi/operations.ts';

/** The parts of an operation that the docs show. The rules of our contract demand them. */
export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  'x-pagination'?: object;
}

export interface PlacedOperation extends Pick<ContractOperation, 'parameters'> {
  operation: Operation;
  /** In upper case. */
  method: string;
  /** The path, or the name of the event. */
  path: string;
  isWebhook: boolean;
  /** With its body and its responses. */
  described: ContractOperation;
}

/** Every operation of a bundled document, then every webhook, in the order of the contract. */
export function operationsIn(document: object): PlacedOperation[] {
  const place = (isWebhook: boolean) => (described: ContractOperation) => {
    const { object, method, path, parameters } = described;
    const operation = object as object as Operation;
    return { operation, method: method.toUpperCase(), path, parameters, isWebhook, described };
  };
  return [
    ...operationsOf(document as Document).map(place(false)),
    ...webhooksOf(document as Document).map(place(true)),
  ];
}

/** The title of an operation in a list: for a webhook, the name of the event. */
export function titleOf({ operation, path, isWebhook }: PlacedOperation): string {
  return isWebhook ? path : operation.summary;
}
