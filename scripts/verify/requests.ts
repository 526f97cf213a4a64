import { parameterExample } from '../openapi/examples.ts';
import type { ContractOperation } from '../openapi/operations.ts';
import { type KeyScheme, variableOf } from '../openapi/security.ts';
import { keyInCookie, keyInHeader, keyInQuery } from '../runtime/credentials.ts';
import type { Contract } from './contract.ts';
import type { Target } from './target.ts';

/** A request without a body, in the form of `fetch`. */
export interface PreparedRequest {
  url: string;
  headers: Record<string, string>;
  /** Whether a credential is sent. */
  isSecured: boolean;
}

/** Creates the requests of operations that need no body. */
export class Requests {
  readonly #contract: Contract;
  readonly #target: Target;

  constructor(contract: Contract, target: Target) {
    this.#contract = contract;
    this.#target = target;
  }

  /**
   * @param known values of parameters by name; the required others take an example of the contract
   * @param key replaces every credential
   * @returns or what is missing, as the end of a sentence
   */
  create(
    { object, path, parameters }: ContractOperation,
    known: ReadonlyMap<string, string>,
    key?: string,
  ): PreparedRequest | { missing: string } {
    const filled = { path: new Map<string, string>(), query: new URLSearchParams(), header: new Headers() };
    const { document, schemes } = this.#contract;
    for (const parameter of parameters) {
      // The example of a UUID is nobody's.
      const isUuid = this.#contract.isUuid(parameter);
      const { name, in: place, required, explode = place === 'query' } = parameter;
      const value =
        known.get(name) ?? (required && !isUuid ? parameterExample(document, parameter) : undefined);
      if (value === undefined && required) return { missing: `needs --parameter ${name}=VALUE` };
      if (value === undefined) continue;
      const values = [value].flat().map(String);
      const texts = explode ? values : [values.join(',')];
      if (place === 'path') filled.path.set(name, texts.join(','));
      else if (place === 'query') for (const text of texts) filled.query.append(name, text);
      else if (place === 'header') filled.header.set(name, texts.join(','));
      else if (required) return { missing: `needs the parameter ${name}, which this command cannot send` };
    }
    const url =
      this.#target.server +
      path.replace(/\{([^{}]+)\}/g, (_, name: string) => encodeURIComponent(filled.path.get(name) ?? '')) +
      (filled.query.size > 0 ? `?${filled.query}` : '');
    const headers = { accept: 'application/json, */*;q=0.1', ...Object.fromEntries(filled.header) };

    const unsupported = schemes.unsupported(object);
    if (unsupported) return { missing: `needs ${unsupported}, which this command cannot send` };
    const alternatives = schemes
      .of(object)
      .map((names) => names.map((name) => schemes.used.get(name) as KeyScheme));
    const usable = alternatives.find((each) => each.every(({ name }) => this.#target.keys.has(name)));
    if (alternatives.length > 0 && usable === undefined) {
      const variables = alternatives.map((each) => each.map(variableOf).join(' and '));
      return { missing: `needs the environment variable ${variables.join(', or ')}` };
    }
    const required = usable ?? [];
    const request = required.reduce<Pick<PreparedRequest, 'url' | 'headers'>>(
      (unkeyed, scheme) => placerOf(scheme)(unkeyed, key ?? this.#target.keys.get(scheme.name) ?? ''),
      { url, headers },
    );
    return { ...request, isSecured: required.length > 0 };
  }
}

function placerOf({ place, field, prefix }: KeyScheme) {
  if (place === 'query') return keyInQuery(field);
  return place === 'cookie' ? keyInCookie(field) : keyInHeader(field.toLowerCase(), prefix);
}
