import { type Document, type OperationObject, resolve, type SecurityScheme } from './document.ts';
import { Unsupported } from './unsupported.ts';

/** The scheme that a client's `apiKey` is for. */
export interface KeyScheme {
  /** Its name in the contract. */
  name: string;
  place: 'header' | 'query';
  /** Of the header or the query parameter. */
  field: string;
  /** What comes before the key in the header. */
  prefix: string;
  /** The environment variable that holds the key. */
  variable: string | undefined;
}

type Requirements = NonNullable<Document['security']>;

/**
 * The scheme of the contract that stands first: in what the whole contract requires, then in what an operation does.
 * Undefined where nothing requires one that can be sent as one value.
 */
export function readKeyScheme(document: Document, operations: OperationObject[]): KeyScheme | undefined {
  const required = [document.security, ...operations.map(({ security }) => security)];
  for (const requirement of required.flatMap((each) => each ?? [])) {
    const [name, ...others] = Object.keys(requirement);
    const scheme = name !== undefined && others.length === 0 && toKeyScheme(document, name);
    if (scheme) return scheme;
  }
  return undefined;
}

function toKeyScheme(document: Document, name: string): KeyScheme | undefined {
  const node = document.components?.securitySchemes?.[name];
  if (!node) return undefined;
  const {
    type,
    in: place,
    name: field = '',
    scheme = '',
    'x-env': variable,
  } = resolve<SecurityScheme>(document, node);
  if (type === 'apiKey' && (place === 'header' || place === 'query'))
    return { name, place, field, prefix: '', variable };
  const word = type === 'http' ? schemeWords[scheme.toLowerCase()] : tokenTypes.includes(type) && 'Bearer';
  return word ? { name, place: 'header', field: 'Authorization', prefix: `${word} `, variable } : undefined;
}

/** What `Authorization` begins with. Basic wants base64 of `user:password`, which the caller makes. */
const schemeWords: Record<string, string> = { bearer: 'Bearer', basic: 'Basic' };

/** However a token was come by, it is sent as a bearer token. */
const tokenTypes = ['oauth2', 'openIdConnect'];

/**
 * Whether an operation wants the key.
 *
 * @throws {Unsupported} when it wants something else
 */
export function needsKey(
  document: Document,
  { security = document.security ?? [] }: OperationObject,
  scheme: KeyScheme | undefined,
): boolean {
  const alternatives: Requirements = security;
  if (alternatives.some((each) => Object.keys(each).join() === scheme?.name)) return true;
  if (alternatives.every((each) => Object.keys(each).length === 0)) return false;
  const wanted = alternatives.map((each) => Object.keys(each).join(' and ')).filter(Boolean);
  if (wanted.length < alternatives.length) return false;
  throw new Unsupported(`it requires the security ${wanted.join(' or ')}`);
}
