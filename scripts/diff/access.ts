import { isDeepStrictEqual } from 'node:util';
import { type Document, type Reference, resolve, type SecurityScheme } from '../openapi/document.ts';
import { type ContractOperation, operationsOf } from '../openapi/operations.ts';
import { requirementsOf } from '../openapi/security.ts';
import { readBaseUrl, readServer } from '../openapi/servers.ts';
import type { Rating } from './change.ts';
import { nameOf } from './meaning.ts';

/** A change of what a caller sends to an operation besides its parameters: the address and the credentials. */
export interface AccessChange extends Rating {
  /** The operations, in one change if it is the same for them; empty for the whole contract. */
  places: string[];
  of: 'servers' | 'security';
}

/** The changes of the addresses and credentials that apply to the operations, wherever they are written. */
export function compareAccess(before: Document, now: Document): AccessChange[] {
  const current = new Map(operationsOf(now).map((each) => [nameOf(each), each]));
  const found = new Map<string, AccessChange>();
  for (const operation of operationsOf(before)) {
    const its = current.get(nameOf(operation));
    if (!its) continue;
    const servers = [serverOf(before, operation), serverOf(now, its)] as const;
    const ratings = [
      ['servers', rateServer(...servers)],
      ['security', rateSecurity(alternatives(before, now, operation), alternatives(now, before, its))],
    ] as const;
    for (const [of, rating] of ratings) {
      if (!rating) continue;
      const change = found.get(rating.text) ?? { ...rating, of, places: [] };
      change.places.push(nameOf(operation));
      found.set(rating.text, change);
    }
  }
  return [...found.values()];
}

function serverOf(document: Document, operation: ContractOperation): string {
  return readServer(document, operation) ?? readBaseUrl(document).replace(/\/$/, '');
}

function rateServer(before: string, now: string): Rating | undefined {
  if (before === now) return undefined;
  const address = now || 'an address that depends on variables';
  const text = `Without a \`baseUrl\`, the client calls ${address} and no longer ${before || 'one that does'}.`;
  return { bump: 'major', affects: 'callers', text };
}

/** What each alternative needs: the schemes, and their scopes. */
function alternatives(document: Document, other: Document, { object }: ContractOperation): Set<string>[] {
  const all = requirementsOf(document, object).map(
    (requirement) =>
      new Set(
        Object.entries(requirement).flatMap(([name, scopes]) => {
          const scheme = schemeOf(document, other, name);
          return [scheme, ...[scopes].flat().map((scope) => `${scheme}, scope ${scope}`)];
        }),
      ),
  );
  return all.length > 0 ? all : [new Set()];
}

/** The name of a scheme that both versions have, or of the same scheme of the other version. */
function schemeOf(document: Document, other: Document, name: string): string {
  const [own = {}, others = {}] = [document, other].map((each) => each.components?.securitySchemes);
  if (Object.hasOwn(others, name) || !own[name]) return name;
  const read = (of: Document, node: SecurityScheme | Reference) => ({
    ...resolve<SecurityScheme>(of, node),
    description: undefined,
  });
  const scheme = read(document, own[name]);
  // The alphabetically first of both names stands for both.
  const renamed = Object.keys(others).find(
    (each) =>
      !Object.hasOwn(own, each) && isDeepStrictEqual(read(other, others[each] as SecurityScheme), scheme),
  );
  return renamed && renamed < name ? renamed : name;
}

function rateSecurity(before: Set<string>[], now: Set<string>[]): Rating | undefined {
  const missing = before.filter((each) => !now.some((needed) => isWithin(needed, each)));
  const words = (sets: Set<string>[]) => sets.map((each) => [...each].join(' and ')).join(', or ');
  const affects = 'callers';
  if (missing.some(({ size }) => size === 0))
    return { bump: 'major', affects, text: `A key is now needed: ${words(now)}.` };
  if (missing.length > 0)
    return {
      bump: 'major',
      affects,
      text: `${words(missing)} is no longer enough: ${words(now)} is needed.`,
    };
  if (now.every((needed) => before.some((each) => isWithin(each, needed)))) return undefined;
  if (now.some(({ size }) => size === 0))
    return { bump: 'minor', affects, text: 'No key is needed any more.' };
  return { bump: 'minor', affects, text: `Less is enough, or something else: ${words(now)}.` };
}

function isWithin(part: Set<string>, whole: Set<string>): boolean {
  return [...part].every((each) => whole.has(each));
}
