import { reservedWords } from '../identifiers.ts';

/**
 * Names for the methods and types of a client, and for the parameters of a method. Each name is unique: one that is
 * taken or reserved gets an underscore.
 */
export class Names {
  readonly #taken: Set<string>;

  constructor(reserved: Iterable<string>) {
    this.#taken = new Set(reserved);
  }

  /** @param claimed names to avoid as well */
  take(name: string, claimed = new Set<string>()): string {
    let free = name;
    while (this.#taken.has(free) || claimed.has(free)) free += '_';
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

/** With `then`, a client would be a promise; `new` is the signature of a constructor; every object has the others. */
export const methodReserved = ['then', 'new', ...Object.getOwnPropertyNames(Object.prototype)];

/** Functions of the runtime that the methods use. */
const runtimeFunctions = [
  ...['byCursor', 'byLink', 'byOffset', 'byPage'],
  ...['callList', 'callStream', 'callsOver', 'isApiClientError', 'jsonEvents', 'jsonLines', 'openTransport'],
  ...['service', 'textEvents'],
];

/** Names that no parameter can have: reserved words, and names that each method uses. */
export const parameterReserved = [
  ...reservedWords,
  ...runtimeFunctions,
  ...['arguments', 'body', 'call', 'eval', 'options', 'query', 'transport'],
];

/** Names that client.ts declares, imports or takes from the platform, in addition to the schemas. */
export const typeReserved = [
  ...runtimeFunctions,
  ...[
    'ApiCall',
    'CallOptions',
    'Client',
    'ClientOptions',
    'CookieOptions',
    'HeaderOptions',
    'ListCall',
    'OperationErrors',
    'ServerEvent',
    'StreamCall',
  ],
  ...['OperationError', 'Transport', 'components', 'createClient', 'isErrorOf', 'operations', 'paths'],
  ...[
    'ArrayBuffer',
    'ArrayBufferView',
    'Blob',
    'FormData',
    'NonNullable',
    'Omit',
    'Partial',
    'URLSearchParams',
  ],
];
