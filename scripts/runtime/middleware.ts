import type { Middleware } from 'openapi-fetch';

/** What middleware of the caller threw, on its way back to the caller. */
export class MiddlewareFailure extends Error {
  readonly thrown: unknown;

  constructor(thrown: unknown) {
    super();
    this.thrown = thrown;
  }
}

type Hook = (input: { error?: unknown }) => unknown;

const marked = new WeakMap<Middleware, Middleware>();

/** The same middleware, with its failures marked, so that they are not taken for those of the client. The same input returns the same object. */
export function markFailures(middleware: Middleware): Middleware {
  // openapi-fetch says what is wrong with such a one.
  if (typeof middleware !== 'object' || middleware === null) return middleware;
  const hooks = marked.get(middleware) ?? {
    onRequest: hookOf(middleware, 'onRequest'),
    onResponse: hookOf(middleware, 'onResponse'),
    onError: hookOf(middleware, 'onError'),
  };
  marked.set(middleware, hooks as Middleware);
  return hooks as Middleware;
}

function hookOf(middleware: Middleware, name: 'onRequest' | 'onResponse' | 'onError'): Hook | undefined {
  if (typeof middleware[name] !== 'function') return undefined;
  return async (input) => {
    // Of another middleware, which onError may replace.
    const error = input.error instanceof MiddlewareFailure ? input.error.thrown : input.error;
    try {
      const result = await (middleware[name] as Hook)({ ...input, error });
      return result instanceof Error ? new MiddlewareFailure(result) : result;
    } catch (thrown) {
      throw new MiddlewareFailure(thrown);
    }
  };
}
