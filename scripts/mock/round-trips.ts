import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { chooseApi, targetOf } from '../cli/apis.ts';
import type { Document, MediaType, Response } from '../openapi/document.ts';
import { bodyExamples, parameterExample } from '../openapi/examples.ts';
import { chooseMedia, type Media } from '../openapi/media-types.ts';
import { type ContractOperation, operationsOf } from '../openapi/operations.ts';
import { sampleOf } from '../openapi/sample.ts';
import { SecuritySchemes } from '../openapi/security.ts';

/** A call of one operation, for one of its documented responses and examples. */
export interface RoundTrip {
  /** `GET /sites/{id} 200 collecting` */
  title: string;
  /** In lower case, for `request` of the fetch client. */
  method: string;
  path: string;
  /** The third argument of `request`: the parameters, the body and the response to ask Prism for. */
  init: {
    params: Record<'path' | 'query' | 'header' | 'cookie', Record<string, unknown>>;
    headers: Record<string, string>;
    body?: unknown;
  };
  status: number;
  /** The example that Prism returns; undefined without one. */
  body: unknown;
  /** Whether the contract has an example of everything. Otherwise, a part is made up, here or by Prism. */
  isStated: boolean;
}

/** The round trips of a contract, and the mock that they go to. */
export interface RoundTrips {
  /** Options for `createFetchClient`: the address of the mock, and a value for each credential. */
  options: { baseUrl: string; maxRetries: 0; apiKey?: string; credentials?: Record<string, unknown> };
  trips: RoundTrip[];
  /** Stops the mock. */
  close(): Promise<void>;
}

/**
 * Starts Prism for a contract that gen has bundled, and lists a call for each operation, response status and example.
 * Redirects are left out, as a client does not follow them.
 *
 * @param name of the contract in redocly.yaml. @default the only one
 * @throws {Failure} without such a contract, or before gen has bundled it
 */
export async function openRoundTrips(name?: string): Promise<RoundTrips> {
  const file = join(targetOf(chooseApi(name === undefined ? [] : [name])).out, 'openapi.yaml');
  const { startMock } = await import('./start.ts');
  const mock = await startMock({ document: file, port: 0 });
  const document = load(readFileSync(file, 'utf8')) as Document;
  const operations = operationsOf(document);
  return {
    options: { baseUrl: mock.url, maxRetries: 0, ...credentialsFor(document, operations) },
    trips: operations.flatMap((operation) => tripsOf(document, operation)),
    close: mock.close,
  };
}

function credentialsFor(document: Document, operations: ContractOperation[]) {
  const { used } = new SecuritySchemes(
    document,
    operations.map(({ object }) => object),
  );
  const schemes = [...used.values()];
  if (schemes.length === 0) return {};
  if (schemes.length === 1 && schemes[0]?.prefix !== 'Basic ') return { apiKey: 'any' };
  const values = schemes.map(({ name, prefix }) => [
    name,
    prefix === 'Basic ' ? { username: 'any', password: 'any' } : 'any',
  ]);
  return { credentials: Object.fromEntries(values) };
}

function tripsOf(document: Document, operation: ContractOperation): RoundTrip[] {
  const { method, path, parameters, body, responses } = operation;
  // What is after it is not sent: the operation has the path of another one.
  if (path.includes('#')) return [];
  const params: RoundTrip['init']['params'] = { path: {}, query: {}, header: {}, cookie: {} };
  // A contract can use the header for something else.
  let isStated = !parameters.some(({ in: place, name }) => place === 'header' && /^prefer$/i.test(name));
  for (const parameter of parameters.filter((each) => each.required && each.in !== 'querystring')) {
    const stated = parameterExample(document, parameter);
    if (stated === undefined) isStated = false;
    params[parameter.in as 'path'][parameter.name] = stated ?? sampleOf(document, parameter.schema);
  }
  const media = chooseMedia(body?.content);
  const request = media && bodyOf(document, media, body?.content[media.key]);
  if (request && !request.isStated) isStated = false;
  return [...responses].flatMap(([key, { content = {}, headers = {} }]: [string, Answer]) => {
    const status = statusOf(key, responses);
    if (status === undefined) return [];
    const answer = chooseMedia(content);
    const examples = bodyExamples(document, answer && content[answer.key]);
    if (examples.length === 0) examples.push(['', {}]);
    return examples.map(([name, { value }]): RoundTrip => {
      const prefer = name === '' ? `code=${status}` : `code=${status}, example=${name}`;
      return {
        title: [method.toUpperCase(), path, key, name].filter(Boolean).join(' '),
        method,
        path,
        init: { params, headers: { prefer }, ...(request && { body: request.value }) },
        status,
        body: answer?.kind === 'json' ? value : undefined,
        isStated:
          isStated && (answer === undefined || value !== undefined) && Object.keys(headers).length === 0,
      };
    });
  });
}

type Answer = Response & { headers?: object };

/** The status to ask for; undefined for a redirect, and for a default beside all others. */
function statusOf(key: string, responses: ContractOperation['responses']): number | undefined {
  if (key === 'default') return responses.size === 1 ? 200 : undefined;
  const status = Number(key.replace(/XX$/i, '00'));
  return status >= 300 && status < 400 ? undefined : status;
}

/** The example of a request body, or a value that its schema allows. */
function bodyOf(document: Document, { schema, kind }: Media, node: MediaType | undefined) {
  const [[, { value: stated }] = ['', {}]] = bodyExamples(document, node);
  // How Prism reads a form differs by field.
  return { value: stated ?? sampleOf(document, schema), isStated: stated !== undefined && kind === 'json' };
}
