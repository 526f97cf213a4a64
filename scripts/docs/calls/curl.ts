import type { Call } from './list-calls.ts';
import { printJson } from './literal.ts';

/** The call as a command for a shell. */
export function curlOf({ method, path, server, pathParameters, query, body, security }: Call): string {
  const filled = pathParameters.reduce(
    (address, [name, value]) => address.replace(`{${name}}`, encodeURIComponent(String(value))),
    path,
  );
  const search = new URLSearchParams(query.map(([name, value]) => [name, String(value)])).toString();
  const isPlain = method === (body === undefined ? 'GET' : 'POST');
  return [
    `curl${isPlain ? '' : ` --request ${method}`} ${quoted(server + filled + (search && `?${search}`))}`,
    // In double quotes, so that the shell fills in the key.
    security && `--header "${security.header}: $${security.variable}"`,
    body !== undefined && "--header 'Content-Type: application/json'",
    body !== undefined && `--data ${quoted(printJson(body, "  --data ''".length).replaceAll('\n', '\n  '))}`,
  ]
    .filter(Boolean)
    .join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
