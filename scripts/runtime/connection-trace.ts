/**
 * The part of undici, the implementation of `fetch` in Node, that sends requests. `fetch` accepts one as its option
 * `dispatcher`.
 */
interface Dispatcher {
  dispatch(options: object, handler: object): boolean;
}

/** The key of the global dispatcher. undici documents it for libraries that wrap the dispatcher. */
const globalDispatcher = Symbol.for('undici.globalDispatcher.1');

/**
 * The callbacks that undici calls when it starts to write a request to a connection; the name depends on its version.
 */
const writeCallbacks = ['onConnect', 'onRequestStart'];

/** Observes one call of the platform's `fetch`: was the request written to a connection? */
export class ConnectionTrace {
  /** Requests that undici was asked to send. More than one after a 421 response, which undici retries itself. */
  requests = 0;
  #written = false;
  readonly #given: unknown;

  /** @param dispatcher the caller's, if any */
  constructor(dispatcher: unknown) {
    this.#given = dispatcher;
  }

  /** Options for `fetch`. A platform that is not undici ignores them. */
  readonly fetchOptions = {
    dispatcher: {
      dispatch: (options: object, handler: object): boolean => {
        this.requests++;
        // undici has its own limits of 300 seconds each. The limits of the client replace them.
        const unlimited = { ...options, headersTimeout: 0, bodyTimeout: 0 };
        return this.#dispatcher()?.dispatch(unlimited, this.#watch(handler)) ?? false;
      },
    },
  };

  /** Returns false if the failure of `fetch` proves that no request was written. */
  mayHaveSent(failure: unknown): boolean {
    if (this.requests > 0) return this.#written;
    // undici was never called: the Fetch standard blocks some ports. Or another library has replaced `fetch`.
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

/** For platforms other than Node, where only the error shows that no connection was established. */
function neverConnected(error: unknown): boolean {
  const { code, message, cause } = Object(error);
  return (
    /^(ECONNREFUSED|ENOTFOUND|ConnectionRefused|FailedToOpenSocket)$/.test(code) ||
    // Deno
    /client error \(Connect\)/.test(message) ||
    (cause !== undefined && neverConnected(cause))
  );
}
