/** Whether a browser asks what a page of another origin may send. */
export function isPreflight({ method, headers }: Request): boolean {
  return method === 'OPTIONS' && headers.has('access-control-request-method');
}

/** Lets the pages of `origin` send any request, and read the response. */
export function allowOrigin(origin: string, { headers: asked }: Request, headers: Headers): void {
  headers.set('access-control-allow-origin', origin);
  headers.set('access-control-expose-headers', 'sl-violations, retry-after');
  headers.set('access-control-allow-headers', asked.get('access-control-request-headers') ?? '*');
  headers.set('access-control-allow-methods', asked.get('access-control-request-method') ?? '*');
}
