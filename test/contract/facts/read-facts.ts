import { type Json, resolve } from '../contract.ts';
import { componentName, describeComponent, describeSchema } from './describe-schema.ts';

/** For each operation, webhook and schema its facts, each in a line; what is not stated is marked `(inferred)`. */
export type Facts = Record<string, Record<string, string>>;

/** All facts that the contract tells. */
export function readFacts(contract: Json): Facts {
  const facts: Facts = {};
  for (const [path, item] of Object.entries<Json>(contract.paths)) {
    const { parameters = [], ...operations } = item;
    for (const [method, operation] of Object.entries<Json>(operations)) {
      facts[`${method.toUpperCase()} ${path}`] = describeOperation(contract, operation, parameters);
    }
  }
  for (const [event, { post }] of Object.entries<Json>(contract.webhooks)) {
    facts[event] = describeOperation(contract, post, []);
  }
  for (const [name, schema] of Object.entries<Json>(contract.components.schemas)) {
    facts[name] = describeComponent(schema);
  }
  return facts;
}

function describeOperation(contract: Json, operation: Json, shared: Json[]): Record<string, string> {
  const { certainty, source } = operation['x-provenance'];
  const facts: Record<string, string> = {
    id: operation.operationId,
    from: `${certainty} ${[source].flat().join(' and ')}`,
  };
  for (const reference of [...shared, ...(operation.parameters ?? [])]) {
    const parameter = resolve(contract, reference);
    const required = parameter.required ? ', required' : '';
    facts[`${parameter.in} ${parameter.name}`] =
      describeSchema(parameter.schema) + required + mark(parameter);
  }
  const body = operation.requestBody;
  if (body) facts.body = describeContent(body) + (body.required ? ', required' : '') + mark(body);
  for (const [code, reference] of Object.entries<Json>(operation.responses)) {
    const response = resolve(contract, reference);
    const headers = Object.keys(response.headers ?? {}).map((name) => ` with ${name}`);
    facts[code] = describeContent(response) + headers.join('') + mark(response);
  }
  for (const key of ['x-idempotent', 'x-pagination', 'deprecated', 'security']) {
    if (key in operation) facts[key] = JSON.stringify(operation[key]);
  }
  return facts;
}

function describeContent({ content }: Json): string {
  return content ? componentName(content['application/json'].schema) : 'no body';
}

function mark(node: Json): string {
  const certainty = node['x-provenance']?.certainty ?? 'stated';
  return certainty === 'stated' ? '' : ` (${certainty})`;
}
