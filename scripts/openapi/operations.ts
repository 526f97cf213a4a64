import {
  type Document,
  type Method,
  methods,
  type OperationObject,
  type Parameter,
  type PathItem,
  type RequestBody,
  type Response,
  resolve,
} from './document.ts';

/** An operation of a contract or one of its webhooks, with every reference at its own level resolved. */
export interface ContractOperation {
  /** The path template, or the name of the webhook. */
  path: string;
  /** The key in the path item. */
  method: Method;
  object: OperationObject;
  item: PathItem;
  /** Those of the path item, unless the operation overrides them, and its own. */
  parameters: Parameter[];
  body: RequestBody | undefined;
  /** By status, in the order of the contract. */
  responses: Map<string, Response>;
}

/** The operations of a contract, in its order. */
export function operationsOf(document: Document): ContractOperation[] {
  return operationsIn(document, document.paths);
}

/** The webhooks of a contract, in its order. */
export function webhooksOf(document: Document): ContractOperation[] {
  return operationsIn(document, document.webhooks);
}

function operationsIn(document: Document, items: Document['paths'] = {}): ContractOperation[] {
  return Object.entries(items).flatMap(([path, node]) => {
    const item = resolve<PathItem>(document, node);
    return Object.keys(item).flatMap((key) => {
      const method = methods.find((each) => each === key);
      const object = method && item[method];
      if (!object) return [];
      const all = [...(item.parameters ?? []), ...(object.parameters ?? [])].map((each) =>
        resolve<Parameter>(document, each),
      );
      const responses = Object.entries(object.responses ?? {}).map(([status, each]): [string, Response] => [
        status,
        resolve(document, each),
      ]);
      return [
        {
          path,
          method,
          object,
          item,
          parameters: [...new Map(all.map((each) => [`${each.in} ${each.name}`, each])).values()],
          body: object.requestBody && resolve(document, object.requestBody),
          responses: new Map(responses),
        },
      ];
    });
  });
}

/** What has responses by status. */
interface Responses {
  responses: ReadonlyMap<string, unknown>;
}

/** The statuses of the success: 2xx, or else the default. */
export function successStatuses({ responses }: Responses): string[] {
  const statuses = [...responses.keys()];
  const successes = statuses.filter((status) => /^2(\d\d|XX)$/i.test(status));
  return successes.length > 0 ? successes : statuses.filter((status) => status === 'default');
}

/** The documented error statuses, with ranges and the default. */
export function errorStatuses({ responses }: Responses): string[] {
  return [...responses.keys()].filter((status) => /^([45](\d\d|XX)|default)$/i.test(status));
}

/** Whether a redirect is the only success that the contract documents. */
export function redirectsAlone({ responses }: Responses): boolean {
  const statuses = [...responses.keys()];
  return (
    statuses.some((status) => /^3(0[1-3]|0[78]|XX)$/i.test(status)) &&
    !statuses.some((status) => /^2/.test(status))
  );
}
