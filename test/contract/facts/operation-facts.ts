import { type Json, resolve } from '../contract.ts';
import { describeFields, describeSchema } from './describe-schema.ts';

/** What a page of the vendor says of one operation. What it does not state carries its certainty in brackets. */
export interface OperationFacts {
  page: string;
  operation: string;
  parameters: Record<string, string>;
  request?: Record<string, string>;
  success: string;
  response: Record<string, string>;
  errors: string[];
}

/** The same facts, read from the contract. */
export function readFacts(contract: Json, operationId: string): OperationFacts {
  const { method, path, item, operation } = findOperation(contract, operationId);
  const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
  const request = operation.requestBody?.content['application/json'].schema;
  const statuses = Object.entries<Json>(operation.responses).map(([code, response]) => {
    const certainty = resolve(contract, response)['x-provenance'].certainty;
    return certainty === 'stated' ? code : `${code} (${certainty})`;
  });
  const success = statuses.filter((status) => status.startsWith('2')).join(' ');
  const schema = resolve(contract, operation.responses[success.slice(0, 3)]).content['application/json']
    .schema;
  return {
    page: operation['x-provenance'].source,
    operation: `${method.toUpperCase()} ${path}`,
    parameters: Object.fromEntries(parameters.map((parameter) => describeParameter(contract, parameter))),
    ...(request && { request: describeFields(contract, request) }),
    success,
    response: describeFields(contract, schema),
    errors: statuses.filter((status) => !status.startsWith('2')),
  };
}

function findOperation(contract: Json, operationId: string) {
  for (const [path, item] of Object.entries<Json>(contract.paths)) {
    for (const [method, operation] of Object.entries<Json>(item)) {
      if (operation.operationId === operationId) return { method, path, item, operation };
    }
  }
  throw new Error(`The contract has no operation ${operationId}.`);
}

function describeParameter(contract: Json, reference: Json): [string, string] {
  const parameter = resolve(contract, reference);
  const required = parameter.required ? ['required'] : [];
  const certainty = parameter['x-provenance'].certainty;
  const facts = [parameter.in, describeSchema(contract, parameter.schema), ...required].join(', ');
  return [parameter.name, certainty === 'stated' ? facts : `${facts} (${certainty})`];
}
