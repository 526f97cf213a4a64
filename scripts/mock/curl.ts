import { fillTemplate } from '../openapi/template.ts';
import type { Operation } from './prism.ts';

/**
 * A curl command, in one line, that calls the first POST of the contract, or else its first operation, with the values
 * of its examples.
 */
export function curlFor(operations: Operation[], url: string): string | undefined {
  const operation = operations.find(({ method }) => method === 'post') ?? operations[0];
  if (operation === undefined) return undefined;
  const { method, path, request } = operation;
  const { headers, query } = credentialsOf(operation);
  const separator = path.includes('?') ? '&' : '?';
  const target = url + fillPath(path, request?.path ?? []) + (query && separator + query);
  const words = ['curl', '-X', method.toUpperCase(), quote(target)];
  for (const header of headers) words.push('-H', quote(header));
  const [content] = request?.body?.contents ?? [];
  const body = firstValue(content?.examples);
  if (content && body !== undefined) {
    words.push('-H', quote(`Content-Type: ${content.mediaType}`), '-d', quote(JSON.stringify(body)));
  }
  return words.join(' ');
}

type PathParameter = NonNullable<NonNullable<Operation['request']>['path']>[number];

function fillPath(path: string, parameters: PathParameter[]): string {
  return fillTemplate(path, (name) => {
    const parameter = parameters.find((candidate) => candidate.name === name);
    return encodeURIComponent(String(firstValue(parameter?.examples) ?? name));
  });
}

/** Any value works: Prism only checks that it is present. */
function credentialsOf({ security = [] }: Operation): { headers: string[]; query: string } {
  const headers: string[] = [];
  const query: string[] = [];
  for (const scheme of security[0] ?? [])
    if (scheme.type !== 'apiKey') {
      const word = scheme.type === 'http' ? scheme.scheme : 'Bearer';
      headers.push(`Authorization: ${word} any-token`);
    } else if (scheme.in === 'query') query.push(`${encodeURIComponent(scheme.name)}=any-key`);
    else headers.push(scheme.in === 'cookie' ? `Cookie: ${scheme.name}=any-key` : `${scheme.name}: any-key`);
  return { headers, query: query.join('&') };
}

function firstValue(examples: readonly object[] = []): unknown {
  const [example] = examples;
  return example && 'value' in example ? example.value : undefined;
}

/** Quotes a text for a POSIX shell. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
