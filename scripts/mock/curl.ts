import type { Operation } from './prism.ts';

/**
 * A curl command, in one line, that calls the first POST of the contract, or else its first operation, with the values
 * of its examples.
 */
export function curlFor(operations: Operation[], url: string): string | undefined {
  const operation = operations.find(({ method }) => method === 'post') ?? operations[0];
  if (operation === undefined) return undefined;
  const { method, path, request } = operation;
  const words = ['curl', '-X', method.toUpperCase(), quote(url + fillPath(path, request?.path ?? []))];
  for (const [name, value] of securityHeaders(operation)) words.push('-H', quote(`${name}: ${value}`));
  const [content] = request?.body?.contents ?? [];
  const body = firstValue(content?.examples);
  if (content && body !== undefined) {
    words.push('-H', quote(`Content-Type: ${content.mediaType}`), '-d', quote(JSON.stringify(body)));
  }
  return words.join(' ');
}

type PathParameter = NonNullable<NonNullable<Operation['request']>['path']>[number];

function fillPath(path: string, parameters: PathParameter[]): string {
  return path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const parameter = parameters.find((candidate) => candidate.name === name);
    return encodeURIComponent(String(firstValue(parameter?.examples) ?? name));
  });
}

/** Any value works: Prism only checks that the header is present. */
function securityHeaders({ security = [] }: Operation): [string, string][] {
  return (security[0] ?? []).flatMap((scheme): [string, string][] => {
    if (scheme.type === 'apiKey' && scheme.in === 'header') return [[scheme.name, 'any-key']];
    if (scheme.type === 'http') return [['Authorization', `${scheme.scheme} any-token`]];
    return [];
  });
}

function firstValue(examples: readonly object[] = []): unknown {
  const [example] = examples;
  return example && 'value' in example ? example.value : undefined;
}

/** Quotes a text for a POSIX shell. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
