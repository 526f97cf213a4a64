import { reservedWords } from '../identifiers.ts';

/**
 * Names for the methods and types of a client, and for the parameters of a method. Each name is given once: one that is
 * taken, or that would change the meaning of the object it stands on, gets an underscore.
 */
export class Names {
  readonly #taken: Set<string>;

  constructor(reserved: Iterable<string>) {
    this.#taken = new Set(reserved);
  }

  take(name: string): string {
    let free = name;
    while (this.#taken.has(free)) free += '_';
    this.#taken.add(free);
    return free;
  }
}

/** `connection_id` becomes `connectionId`, `get /pets/{id}` becomes `getPetsId`. */
export function camelCase(text: string): string {
  const name = text
    .split(/[^\p{ID_Continue}$]+|_+/u)
    .filter(Boolean)
    .map((word, index) => (index === 0 ? lowerFirst(word) : upperFirst(word)))
    .join('');
  return /^[\p{ID_Start}$]/u.test(name) ? name : `_${name}`;
}

export function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function lowerFirst(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

/** `then` would make a client a promise; the others stand on every object. */
export const methodReserved = ['raw', 'then', ...Object.getOwnPropertyNames(Object.prototype)];

/** Names that no parameter can have, and those that every method uses. */
export const parameterReserved = [
  ...reservedWords,
  'arguments',
  'call',
  'eval',
  'options',
  'page',
  'startList',
];

/** Names that client.ts declares or imports beside the schemas. */
export const typeReserved = [
  ...[
    'ApiCall',
    'CallOptions',
    'Client',
    'ClientOptions',
    'ListCall',
    'OperationErrors',
    'OperationError',
    'RawClient',
  ],
  ...[
    'connect',
    'startList',
    'createClient',
    'isApiClientError',
    'isErrorOf',
    'components',
    'operations',
    'paths',
    'service',
  ],
  ...['NonNullable'],
];
