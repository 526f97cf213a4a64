import { type Document, type OperationObject, resolve, type SecurityScheme } from './document.ts';
import { Unsupported } from './unsupported.ts';

/** How a client's `apiKey` is sent. */
export interface KeyScheme {
  place: 'header' | 'query';
  /** Of the header or the query parameter. */
  field: string;
  /** What comes before the key in the header. */
  prefix: string;
  /** The environment variable that holds the key. */
  variable: string | undefined;
}

type Requirement = NonNullable<Document['security']>[number];

/**
 * The scheme of the contract that stands first: in what the whole contract requires, then in what an operation does.
 * Undefined where nothing requires one that can be sent as one value.
 */
export function readKeyScheme(document: Document, operations: OperationObject[]): KeyScheme | undefined {
  const required = [document.security, ...operations.map(({ security }) => security)];
  return required
    .flatMap((each) => each ?? [])
    .map((each) => toKeyScheme(document, each))
    .find((each) => each !== undefined);
}

/** Undefined for a requirement of nothing, of several schemes at once, or of one that is sent in another way. */
function toKeyScheme(document: Document, requirement: Requirement): KeyScheme | undefined {
  const [name = '', ...others] = Object.keys(requirement);
  const node = document.components?.securitySchemes?.[name];
  if (!node || others.length > 0) return undefined;
  const {
    type,
    in: place,
    name: field = '',
    scheme = '',
    'x-env': variable,
  } = resolve<SecurityScheme>(document, node);
  if (type === 'apiKey' && (place === 'header' || place === 'query'))
    return { place, field, prefix: '', variable };
  const word =
    type === 'http' ? schemeWords.get(scheme.toLowerCase()) : tokenTypes.includes(type) && 'Bearer';
  return word ? { place: 'header', field: 'Authorization', prefix: `${word} `, variable } : undefined;
}

/** What `Authorization` begins with. Basic wants base64 of `user:password`, which the caller makes. */
const schemeWords = new Map([
  ['bearer', 'Bearer'],
  ['basic', 'Basic'],
]);

/** However a token was come by, it is sent as a bearer token. */
const tokenTypes = ['oauth2', 'openIdConnect'];

/**
 * Whether an operation wants the key. Schemes that are sent in the same way are one to a client: which key it is, the
 * caller knows.
 *
 * @throws {Unsupported} when it wants something else
 */
export function needsKey(
  document: Document,
  { security = document.security ?? [] }: OperationObject,
  key: KeyScheme | undefined,
): boolean {
  if (key && security.some((each) => isSentAs(toKeyScheme(document, each), key))) return true;
  if (security.length === 0 || security.some((each) => Object.keys(each).length === 0)) return false;
  const wanted = security.map((each) => Object.keys(each).join(' and '));
  throw new Unsupported(`it requires the security ${wanted.join(' or ')}`);
}

function isSentAs(one: KeyScheme | undefined, other: KeyScheme): boolean {
  return one?.place === other.place && one.field === other.field && one.prefix === other.prefix;
}
