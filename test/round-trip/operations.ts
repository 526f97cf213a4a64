import { type Json, loadContract, resolve } from '../contract/contract.ts';

/** An operation of the contract, with the examples of its requests and responses. */
export interface RoundTripOperation {
  id: string;
  /** `GET` */
  method: string;
  path: string;
  /** An example of each path parameter, in the order of the path. */
  pathParameters: Record<string, string>;
  /** An example of each query parameter, where the operation has any. */
  query: Record<string, unknown> | undefined;
  /** Named request bodies; undefined where the operation takes none. */
  requests: Map<string, unknown> | undefined;
  responses: NamedResponse[];
}

export interface NamedResponse {
  status: number;
  name: string;
  value: unknown;
}

const contract = await loadContract();

export const operations: RoundTripOperation[] = Object.entries<Json>(contract.paths).flatMap(([path, item]) =>
  Object.entries<Json>(item)
    .filter(([, operation]) => operation.operationId)
    .map(([method, operation]) => describeOperation(method, path, item, operation)),
);

function describeOperation(method: string, path: string, item: Json, operation: Json): RoundTripOperation {
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((each) =>
    resolve(contract, each),
  );
  const query = parameters.filter((each) => each.in === 'query');
  const body = operation.requestBody && resolve(contract, operation.requestBody);
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    pathParameters: Object.fromEntries(
      Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => [
        name,
        exampleOf(parameters.find((each) => each.in === 'path' && each.name === name)),
      ]),
    ),
    query:
      query.length > 0 ? Object.fromEntries(query.map((each) => [each.name, exampleOf(each)])) : undefined,
    requests: body && namedExamples(body.content['application/json']),
    responses: Object.entries<Json>(operation.responses).flatMap(([status, response]) => {
      const content = resolve(contract, response).content['application/json'];
      return Array.from(namedExamples(content), ([name, value]) => ({ status: Number(status), name, value }));
    }),
  };
}

function exampleOf(parameter: Json): Json {
  const [example] = Object.values<Json>(parameter.examples ?? {});
  const value = example ? resolve(contract, example).value : parameter.example;
  return value ?? resolve(contract, parameter.schema).examples?.[0];
}

function namedExamples(mediaType: Json): Map<string, unknown> {
  return new Map(
    Object.entries<Json>(mediaType.examples).map(([name, example]) => [
      name,
      resolve(contract, example).value,
    ]),
  );
}
