import type { Api } from './api.ts';
import type { Fault } from './faults.ts';

/** A request to the API and its response. The credentials that it sent are redacted; headers are left out. */
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
  /** Why the sandbox itself could not handle it: the message of the error. */
  failure?: string;
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

  /** Records a request, before it is handled. @returns a function that adds what happened to it */
  start(request: Request, api: Api, at: string): (end: Response | Fault | Error) => Promise<void> {
    const redact = (text: string) => this.#redact(text, api.credentialsOf(request));
    async function read(message: Request | Response): Promise<string> {
      const readable = message.clone();
      // The connection of a body can break.
      const text = await readable.text().catch(() => '');
      // Redacted before it is cut, as half of a key would not be recognized.
      return redact(text).slice(0, mostCharacters);
    }
    const id = `call-${++this.#count}`;
    const add = (more: Partial<ApiCall>) =>
      this.#set(this.#calls.map((each) => (each.id === id ? { ...each, ...more } : each)));
    const { pathname, search } = new URL(request.url);
    const call = {
      id,
      at,
      method: request.method,
      path: redact(pathname + search),
      operation: api.operationOf(request),
      body: '',
    };
    this.#set([...this.#calls.slice(1 - mostCalls), call]);
    const sent = read(request);
    return async (end) => {
      const body = await sent;
      if (end instanceof Response) add({ body, status: end.status, response: await read(end) });
      else add(end instanceof Error ? { body, failure: redact(end.message) } : { body, fault: end });
    };
  }
}
