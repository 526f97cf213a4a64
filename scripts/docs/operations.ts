import type { Document } from '../openapi/document.ts';
import { type ContractOperation, operationsOf, webhooksOf } from '../openapi/operations.ts';

/** The parts of an operation that the docs show; `complete` adds those that a contract can leave out. */
export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  deprecated?: boolean;
  'x-pagination'?: object;
}

export interface PlacedOperation extends Pick<ContractOperation, 'parameters'> {
  operation: Operation;
  /** In upper case. */
  method: string;
  /** The path, or the name of the event. */
  path: string;
  isWebhook: boolean;
  /** Without an extension. No other operation has it, also where letters of another case are the same. */
  fileName: string;
  /** With its body and its responses. */
  described: ContractOperation;
}

/** Every operation of a bundled document, then every webhook, in the order of the contract. */
export function operationsIn(document: object): PlacedOperation[] {
  const fileNames = new Set<string>();
  const place = (isWebhook: boolean) => (described: ContractOperation) => {
    const { object, method, path, parameters } = described;
    const operation = object as object as Operation;
    const fileName = unique(operation.operationId.replace(/[^\w-]+/g, '-'), fileNames);
    return { operation, method: method.toUpperCase(), path, parameters, isWebhook, fileName, described };
  };
  return [
    ...operationsOf(document as Document).map(place(false)),
    ...webhooksOf(document as Document).map(place(true)),
  ];
}

function unique(name: string, taken: Set<string>): string {
  let result = name;
  for (let count = 2; taken.has(result.toLowerCase()); count++) result = `${name}-${count}`;
  taken.add(result.toLowerCase());
  return result;
}

/** The title of an operation in a list: for a webhook, the name of the event. */
export function titleOf({ operation, path, isWebhook }: PlacedOperation): string {
  return isWebhook ? path : operation.summary;
}
