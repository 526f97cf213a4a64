import { allowOrigin, isPreflight } from '../mock/cors.ts';
import { refusal } from './api.ts';

type Respond = (request: Request) => Promise<Response>;

/**
 * Lets pages that are served by this machine call the API and read its responses, and refuses those of any other site.
 * Programs send neither header. A browser sends no `Origin` with the request of an image or a link.
 */
export function forLocalPages(respond: Respond): Respond {
  return async (request) => {
    const origin = request.headers.get('origin');
    const site = request.headers.get('sec-fetch-site');
    if (origin === null ? site === 'cross-site' || site === 'same-site' : !isLocal(origin))
      return refusal(
        403,
        `Only pages of this machine may call the sandbox, and not ${origin ?? 'another site'}.`,
      );
    const response = isPreflight(request) ? new Response(null, { status: 204 }) : await respond(request);
    if (origin !== null) {
      allowOrigin(origin, request, response.headers);
      response.headers.set('vary', 'origin');
    }
    return response;
  };
}

/** Not `x.localhost`: for that, some browsers ask a resolver of the network. */
function isLocal(origin: string): boolean {
  return URL.canParse(origin) && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(origin).hostname);
}
