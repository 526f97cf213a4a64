import type { Api } from './api.ts';
import type { Fault } from './faults.ts';

/** A request to the API and its response, as texts without credentials. Headers are left out. */
export interface ApiCall {
  id: string;
  at: string;
  method: string;
  /** With the query. */
  path: string;
  /** The operationId; undefined for a path that is not in the contract. */
  operation: string | undefined;
  body: string;
  /** Undefined until the call is handled. The caller may get nothing: see `fault`. */
  status?: number;
  response?: string;
  fault?: Fault;
}

/** Removes credentials from a text. */
export type Redact = (text: string, credentials: readonly string[]) => string;

/** The number of calls that are kept, and of characters of each body. */
const [mostCalls, mostCharacters] = [50, 20_000];

/** The latest calls of the API. They are not part of the stored state. */
export class Calls {
  #calls: ApiCall[] = [];
  #count = 0;
  readonly #listeners = new Set<() => void>();

  readonly #redact: Redact;

  constructor(redact: Redact) {
    this.#redact = redact;
  }

  /** Calls a function after each request and each response. @returns the function that removes it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  list(): ApiCall[] {
    return this.#calls;
  }

  clear(): void {
    this.#set([]);
  }

  #set(calls: ApiCall[]): void {
    this.#calls = calls;
    for (const listener of this.#listeners) listener();
  }

  /** Records a request. @returns a function that adds what happened to it */
  async start(request: Request, api: Api, at: string): Promise<(end: Response | Fault) => Promise<void>> {
    const redact = (text: string) => this.#redact(text, api.credentialsOf(request));
    async function read(message: Request | Response): Promise<string> {
      const readable = message.clone();
      // The connection of a body can break.
      const text = await readable.text().catch(() => '');
      // Redacted before it is cut, as half of a key would not be recognized.
      return redact(text).slice(0, mostCharacters);
    }
    const { pathname, search } = new URL(request.url);
    const id = `call-${++this.#count}`;
    const operation = api.operationOf(request);
    const path = redact(pathname + search);
    const call = { id, at, method: request.method, path, operation, body: await read(request) };
    this.#set([...this.#calls.slice(1 - mostCalls), call]);
    return async (end) => {
      const more =
        end instanceof Response ? { status: end.status, response: await read(end) } : { fault: end };
      this.#set(this.#calls.map((each) => (each.id === id ? { ...each, ...more } : each)));
    };
  }
}
