/** A part of undici, the `fetch` of Node, that sends requests. `fetch` takes one as the option `dispatcher`. */
interface Dispatcher {
  dispatch(options: object, handler: object): boolean;
}

/** Where undici keeps the dispatcher of a process. Documented there for libraries that stand between. */
const globalDispatcher = Symbol.for('undici.globalDispatcher.1');

/** What undici calls when it begins to write a request to a connection; the name depends on its version. */
const writeCallbacks = ['onConnect', 'onRequestStart'];

/** Watches one call of the platform's `fetch`: did it hand the request to a connection? */
export class ConnectionTrace {
  /** Requests that undici was asked to send: it retries one after a 421 response. */
  requests = 0;
  #written = false;
  readonly #given: unknown;

  /** @param dispatcher that of the caller, if there is one */
  constructor(dispatcher: unknown) {
    this.#given = dispatcher;
  }

  /** Options for `fetch`. A platform that is not undici ignores them. */
  readonly fetchOptions = {
    dispatcher: {
      dispatch: (options: object, handler: object): boolean => {
        this.requests++;
        // Undici has limits of its own, 300 seconds each; those of the client hold instead.
        const unlimited = { ...options, headersTimeout: 0, bodyTimeout: 0 };
        return this.#dispatcher()?.dispatch(unlimited, this.#watch(handler)) ?? false;
      },
    },
  };

  /** False where the failure of `fetch` shows that no request was written. */
  mayHaveSent(failure: unknown): boolean {
    if (this.requests > 0) return this.#written;
    // Undici has not come so far: the Fetch standard blocks some ports. Or this `fetch` is somebody else's.
    if (this.#dispatcher()) return Object(failure).cause?.message !== 'bad port';
    return !neverConnected(failure);
  }

  #dispatcher(): Dispatcher | undefined {
    return (this.#given ?? Reflect.get(globalThis, globalDispatcher)) as Dispatcher | undefined;
  }

  #watch(handler: object): object {
    return new Proxy(handler, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (!writeCallbacks.includes(name as string) || typeof value !== 'function') return value;
        return (...input: unknown[]) => {
          this.#written = true;
          return value.apply(target, input);
        };
      },
    });
  }
}

/** For platforms other than Node, where only the error shows that there was no connection. */
function neverConnected(error: unknown): boolean {
  const { code, message, cause } = Object(error);
  return (
    /^(ECONNREFUSED|ENOTFOUND|ConnectionRefused|FailedToOpenSocket)$/.test(code) ||
    // Deno
    /client error \(Connect\)/.test(message) ||
    (cause !== undefined && neverConnected(cause))
  );
}
