import { readPagination } from '../../generate/client/pagination.ts';
import { type Document, type Parameter, schemaName } from '../../openapi/document.ts';
import { bodyExamples, parameterExample } from '../../openapi/examples.ts';
import { chooseMedia } from '../../openapi/media-types.ts';
import { type ContractOperation, successStatuses } from '../../openapi/operations.ts';
import { sampleOf } from '../../openapi/sample.ts';
import { SecuritySchemes, variableOf } from '../../openapi/security.ts';
import { readBaseUrl, readServer } from '../../openapi/servers.ts';
import type { PlacedOperation } from '../operations.ts';

/** One call of an operation, with the values of examples of the contract. */
export interface Call {
  /** The name and the summary of the example of the body; both empty without a body. */
  name: string;
  summary: string;
  operationId: string;
  /** In upper case. */
  method: string;
  /** The path template. */
  path: string;
  /** Without a trailing slash. */
  server: string;
  pathParameters: [name: string, value: unknown][];
  query: [name: string, value: unknown][];
  /** Undefined without a body. */
  body: unknown;
  security: ApiKeyHeader | undefined;
  /** The name of a variable for the response. */
  result: string;
  /** Whether the method client returns a list that can be iterated. */
  isPaged: boolean;
}

interface ApiKeyHeader {
  header: string;
  /** Before the value. */
  prefix: string;
  /** The environment variable with the API key. */
  variable: string;
}

/** A call for each named example of the request body, or a single one without a body. */
export function listCalls(
  { operation, method, path, parameters, described }: PlacedOperation,
  document: Document,
): Call[] {
  const toValue = (parameter: Parameter): [string, unknown] => [
    parameter.name,
    parameterExample(document, parameter) ?? sampleOf(document, parameter.schema),
  ];
  const call: Call = {
    name: '',
    summary: '',
    operationId: operation.operationId,
    method,
    path,
    server: (readServer(document, described) ?? readBaseUrl(document)).replace(/\/$/, ''),
    pathParameters: parameters.filter((each) => each.in === 'path').map(toValue),
    query: parameters.filter((each) => each.in === 'query' && each.required).map(toValue),
    body: undefined,
    security: apiKeyHeader(document, described),
    result: resultName(described),
    isPaged: Object(readPagination(document, described)).paged !== undefined,
  };
  const { content = {} } = described.body ?? {};
  const media = chooseMedia(content);
  const bodies = bodyExamples(document, content[media?.key ?? '']);
  if (bodies.length === 0) {
    const { required = false } = described.body ?? {};
    return [required && media?.kind === 'json' ? { ...call, body: sampleOf(document, media.schema) } : call];
  }
  return bodies.map(([name, { summary = name, value }]) => ({ ...call, name, summary, body: value }));
}

/** The header that the operation requires; undefined if it requires none, or something else. */
function apiKeyHeader(document: Document, { object }: ContractOperation): ApiKeyHeader | undefined {
  const schemes = new SecuritySchemes(document, [object]);
  const [[name = ''] = []] = schemes.of(object);
  const scheme = schemes.used.get(name);
  if (scheme?.place !== 'header') return undefined;
  return { header: scheme.field, prefix: scheme.prefix, variable: variableOf(scheme) };
}

function resultName(described: ContractOperation): string {
  const [status = ''] = successStatuses(described);
  const name = schemaName(chooseMedia(described.responses.get(status)?.content)?.schema) ?? 'result';
  return name.charAt(0).toLowerCase() + name.slice(1);
}
