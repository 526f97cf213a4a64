import type { OutgoingRequest } from './attempt.ts';
import { type Encode, writeJsonBody } from './body.ts';
import type { Call } from './call-run.ts';
import { InvalidInputError } from './errors.ts';
import { addQuery, fillPath, writeQuery } from './parameters.ts';
import type { Service } from './settings.ts';

/** The values that a call fills the description of its operation with. */
export interface Given {
  path?: object | undefined;
  /** Text is sent as it is. */
  query?: object | string | undefined;
  cookies?: object | undefined;
  body?: unknown;
  /** The URL without the query, instead of the path and its parameters. */
  url?: string | undefined;
  /** Asks for the stream of the operation. */
  stream?: boolean;
  /** Writes the body, instead of the way that the contract says. */
  encode?: Encode | undefined;
}

/**
 * Writes the request of an operation, for both clients.
 *
 * @param headers of the caller, by lower-case name
 * @throws {InvalidInputError} for a value that cannot be sent
 */
export function writeRequest(
  { uuids, accept = 'application/json' }: Service,
  { method, path, rule }: Call,
  given: Given,
  headers: Record<string, string>,
  baseUrl: string,
): OutgoingRequest {
  const { 'content-type': asked, ...others } = headers;
  const write = rule.body ?? writeJsonBody;
  const [body = null, written] =
    given.body === undefined ? [null, asked] : write(given.body, asked, given.encode);
  const mediaType = rule.body ? written : (asked ?? written);
  const isUuid = (name: string) => [uuids, rule.uuids].some((names) => names?.includes(name));
  if (method === 'TRACE' || (body !== null && /^(GET|HEAD)$/.test(method)))
    throw new InvalidInputError(`fetch does not send ${method}${body === null ? '' : ' with a body'}.`);
  const url = given.url ?? baseUrl + fillPath(path, given.path, isUuid, rule.path);
  const query = typeof given.query === 'string' ? given.query : writeQuery(given.query, rule.query);
  const { cookie: ownCookie } = headers;
  const cookie = rule.cookies?.(given.cookies, ownCookie);
  return {
    url: addQuery(url, query),
    method,
    headers: {
      accept: (given.stream && rule.stream) || (rule.accept ?? accept),
      ...(mediaType && { 'content-type': mediaType }),
      ...others,
      ...(cookie && { cookie }),
    },
    body,
  };
}
