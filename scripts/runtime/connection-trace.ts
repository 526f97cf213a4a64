/**
 * The part of undici, the implementation of `fetch` in Node, that sends requests. `fetch` accepts one as its option
 * `dispatcher`.
 */
interface Dispatcher {
  dispatch(options: object, handler: object): boolean;
}

/**
 * The global dispatcher, under the keys that undici documents for libraries that wrap it: `.2` for the handlers of
 * undici 8, `.1` for those of earlier versions. undici 8 has a wrapper under `.1`.
 */
function globalDispatcher(version: 1 | 2): Dispatcher | undefined {
  return Reflect.get(globalThis, Symbol.for(`undici.globalDispatcher.${version}`));
}

/** Observes one call of the platform's `fetch`: was the request written to a connection? */
export class ConnectionTrace {
  /** Requests that undici was asked to send. More than one after a 421 response, which undici retries itself. */
  requests = 0;
  #written = false;
  readonly #given: Dispatcher | undefined;
  /** Options for `fetch`. Empty on platforms that are not undici. */
  readonly fetchOptions: { dispatcher?: Dispatcher } = {};

  /** @param dispatcher the caller's, if any */
  constructor(dispatcher: unknown) {
    this.#given = dispatcher as Dispatcher | undefined;
    if (!(dispatcher ?? globalDispatcher(2) ?? globalDispatcher(1))) return;
    this.fetchOptions.dispatcher = {
      dispatch: (options, handler) => {
        this.requests++;
        // undici has its own limits of 300 seconds each. The limits of the client replace them.
        const unlimited = { ...options, headersTimeout: 0, bodyTimeout: 0 };
        return (this.#dispatcherFor(handler) as Dispatcher).dispatch(unlimited, this.#watch(handler));
      },
    };
  }

  /**
   * Returns false if it is proven that no request was written. On a platform that is not undici, nothing proves that:
   * it may have sent the request and failed only when it sent it again.
   */
  mayHaveSent(failure: unknown): boolean {
    // A mock of undici never connects, and stands for a service that may have acted.
    if ([this.#given, globalDispatcher(2), globalDispatcher(1)].some(isMock)) return true;
    if (this.requests > 0) return this.#written;
    // undici was never called: the Fetch standard blocks some ports. Or another library has replaced `fetch`.
    return !(this.fetchOptions.dispatcher && Object(failure).cause?.message === 'bad port');
  }

  #dispatcherFor(handler: object): Dispatcher | undefined {
    const isOfVersion8 = 'onRequestStart' in handler;
    const [first, second] = isOfVersion8 ? ([2, 1] as const) : ([1, 2] as const);
    return this.#given ?? globalDispatcher(first) ?? globalDispatcher(second);
  }

  /** Whatever undici reports, except an error, comes after it has started to write the request. */
  #watch(handler: object): object {
    return new Proxy(handler, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function' || !/^on[A-Z]/.test(String(name))) return value;
        return (...input: unknown[]) => {
          if (!String(name).endsWith('Error')) this.#written = true;
          return value.apply(target, input);
        };
      },
    });
  }
}

function isMock(dispatcher: unknown): boolean {
  return typeof Object(dispatcher).disableNetConnect === 'function';
}

type Body = NonNullable<RequestInit['body']> | null;

/**
 * Deno sends a request again if a connection breaks that it has kept open: any that it holds as a whole, and not one
 * whose body it reads while it sends it, such as a `Blob`.
 */
export async function toSendOnce(method: string, body: Body): Promise<Body> {
  if (!('Deno' in globalThis) || method === 'GET' || method === 'HEAD') return body;
  return await new Response(body).blob();
}
