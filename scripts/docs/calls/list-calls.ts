import { type PlacedOperation, parametersOf } from '../operations.ts';
import { resolve } from '../resolve.ts';

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
  /** The environment variable with the API key. */
  variable: string;
}

interface Document {
  servers?: Server[];
  components?: { securitySchemes?: Record<string, SecurityScheme> };
}

interface Server {
  url: string;
  variables?: Record<string, { default: string }>;
}

interface SecurityScheme {
  type: string;
  in?: string;
  name?: string;
  'x-env'?: string;
}

interface Body {
  content?: Record<string, { schema?: { $ref?: string }; examples?: Record<string, Example> }>;
}

interface Example {
  summary?: string;
  value?: unknown;
}

/** A call for each named example of the request body, or a single one without a body. */
export function listCalls(placed: PlacedOperation, document: object): Call[] {
  const { operation, method, path } = placed;
  const parameters = parametersOf(placed, document);
  const examples = new Map(parameters.map(({ name, example }) => [name, example]));
  const inPath = Array.from(path.matchAll(/\{(.+?)\}/g), ([, name = '']) => name);
  const inQuery = parameters.filter((parameter) => parameter.in === 'query' && parameter.required);
  const call: Call = {
    name: '',
    summary: '',
    operationId: operation.operationId,
    method,
    path,
    server: defaultServer(document),
    pathParameters: inPath.map((name) => [name, examples.get(name)]),
    query: inQuery.map(({ name, example }) => [name, example]),
    body: undefined,
    security: apiKeyHeader(document),
    result: resultName(operation.responses, document),
    isPaged: operation['x-pagination'] !== undefined,
  };
  const { content = {} } = resolve<Body>(operation.requestBody ?? {}, document);
  const bodies = Object.entries(content['application/json']?.examples ?? {});
  if (bodies.length === 0) return [call];
  return bodies.map(([name, node]) => {
    const { summary = name, value } = resolve(node, document);
    return { ...call, name, summary, body: value };
  });
}

/** The URL of the first server, with the defaults of its variables. */
function defaultServer(document: Document): string {
  const { url = '', variables = {} } = document.servers?.[0] ?? {};
  return url.replace(/\{(.+?)\}/g, (_, name) => variables[name]?.default ?? '').replace(/\/$/, '');
}

function apiKeyHeader({ components = {} }: Document): ApiKeyHeader | undefined {
  const [scheme] = Object.values(components.securitySchemes ?? {});
  if (scheme?.type !== 'apiKey' || scheme.in !== 'header') return undefined;
  return { header: scheme.name ?? '', variable: scheme['x-env'] ?? 'API_KEY' };
}

function resultName(responses: Record<string, object>, document: object): string {
  const [, success] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? [];
  const { content = {} } = resolve<Body>(success ?? {}, document);
  const schema = content['application/json']?.schema?.$ref?.split('/').at(-1) ?? 'result';
  return schema.charAt(0).toLowerCase() + schema.slice(1);
}
