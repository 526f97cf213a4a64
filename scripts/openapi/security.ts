import { type Document, type OperationObject, resolve, type SecurityScheme } from './document.ts';

/** A security scheme with one value, and how to send it. */
export interface KeyScheme {
  /** The name in the contract. */
  name: string;
  place: 'header' | 'query' | 'cookie';
  /** The name of the header, the query parameter or the cookie. */
  field: string;
  /** The prefix of the value in the header. */
  prefix: string;
  /** The environment variable with the value. */
  variable: string | undefined;
}

/** The environment variable to read the value from. */
export function variableOf({ variable = 'API_KEY' }: Partial<KeyScheme>): string {
  return variable;
}

type Requirement = Record<string, unknown>;

/** Alternatives, each with the names of the schemes that it needs. */
export type Security = string[][];

/** The security requirements of an operation: its own, or those of the contract. */
export function requirementsOf(
  document: Pick<Document, 'security'>,
  object: Pick<OperationObject, 'security'>,
): Requirement[] {
  return object.security ?? document.security ?? [];
}

/** The security schemes of a contract that a client supports. */
export class SecuritySchemes {
  /** In the order of their first use. */
  readonly used = new Map<string, KeyScheme>();
  /** The security requirements of operations that have none of their own. */
  readonly common: Security;
  readonly #document: Document;

  constructor(document: Document, operations: OperationObject[]) {
    this.#document = document;
    const all = [{}, ...operations].flatMap((each) => requirementsOf(document, each));
    for (const requirement of this.#sort(all)) this.#read(requirement);
    this.common = this.of({});
  }

  /**
   * The security requirements of an operation. If no alternative is supported, no credential is sent: the caller has to
   * add what is required.
   */
  of(object: OperationObject): Security {
    return this.#readAll(requirementsOf(this.#document, object));
  }

  /** What an operation requires if no alternative is supported, as text; undefined otherwise. */
  unsupported(object: OperationObject): string | undefined {
    const security = requirementsOf(this.#document, object);
    if (security.length === 0 || this.of(object).length > 0) return undefined;
    return security.map((each) => Object.keys(each).join(' and ')).join(' or ');
  }

  #readAll(security: Requirement[]): Security {
    return this.#sort(security).flatMap((each) => this.#read(each) ?? []);
  }

  /** Those with a cookie last: a browser does not let a client send it, and elsewhere hardly anyone has one. */
  #sort(security: Requirement[]): Requirement[] {
    const isCookie = (each: Requirement) =>
      Object.keys(each).some((name) => toKeyScheme(this.#document, name)?.place === 'cookie');
    return [...security].sort((a, b) => Number(isCookie(a)) - Number(isCookie(b)));
  }

  /** One alternative, in a list; undefined if one of its schemes is unsupported. */
  #read(requirement: Requirement): Security | undefined {
    const schemes = Object.keys(requirement).map((name) => toKeyScheme(this.#document, name));
    const sendable = schemes.filter((scheme) => scheme !== undefined);
    if (sendable.length < schemes.length) return undefined;
    return [sendable.map((scheme) => this.#use(scheme))];
  }

  /** Schemes that are sent in the same way are the same for a client: the caller knows which value to pass. */
  #use(scheme: KeyScheme): string {
    const sentAs = ({ place, field, prefix }: KeyScheme) => `${place} ${field.toLowerCase()} ${prefix}`;
    for (const other of this.used.values()) if (sentAs(other) === sentAs(scheme)) return other.name;
    this.used.set(scheme.name, scheme);
    return scheme.name;
  }
}

function toKeyScheme(document: Document, name: string): KeyScheme | undefined {
  const { securitySchemes = {} } = document.components ?? {};
  const node = Object.hasOwn(securitySchemes, name) ? securitySchemes[name] : undefined;
  if (!node) return undefined;
  const {
    type,
    in: place,
    name: field = '',
    scheme = '',
    'x-env': variable,
  } = resolve<SecurityScheme>(document, node);
  if (type === 'apiKey' && (place === 'header' || place === 'query' || place === 'cookie'))
    return { name, place, field, prefix: '', variable };
  const word = type === 'http' ? schemeWord(scheme) : tokenTypes.includes(type) && 'Bearer';
  return word ? { name, place: 'header', field: 'Authorization', prefix: `${word} `, variable } : undefined;
}

/** The prefix in `Authorization`; undefined for schemes that respond to a challenge. */
function schemeWord(scheme: string): string | undefined {
  const name = scheme.toLowerCase();
  if (name === 'bearer' || name === 'basic') return name.charAt(0).toUpperCase() + name.slice(1);
  return /^(digest|hoba|mutual|negotiate|scram-.*|)$/.test(name) ? undefined : scheme;
}

/** A token is sent as a bearer token, whatever its source. */
const tokenTypes = ['oauth2', 'openIdConnect'];
