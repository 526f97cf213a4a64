import { loadPrism, type PrismResponse } from '../../mock/prism.ts';
import { refusal } from '../api.ts';
import type { EngineOptions } from '../sandbox.ts';

/**
 * Loads Prism, which validates each request of the API and each response to one. Both say which requests are invalid,
 * the API in the words of the service. An invalid response is a bug of the sandbox.
 *
 * @param document path of the bundled contract
 * @param onViolation called for each response that violates the contract
 */
export async function validateWithPrism(
  document: string,
  onViolation: (problem: string) => void,
): Promise<NonNullable<EngineOptions['through']>> {
  const prism = await loadPrism(document);
  return async (request, api) => {
    const refused = await api.refuse(request.clone());
    if (refused) return refused;
    const { method, headers } = request;
    const { pathname, search } = new URL(request.url);
    const path = prism.withoutBasePath(pathname + search);
    const body = await request.clone().text();
    const { response, violations } = await prism.check(
      { method, path, headers, body },
      async () => await read(await api.respond(request)),
      { refuse: true },
    );
    const reason = violations.map(({ location, message }) => `${location.join('.')}: ${message}`).join('; ');
    if (response === undefined) return refusal(400, reason);
    if (reason !== '') {
      onViolation(`${method} ${pathname} -> ${reason}`);
      return refusal(500, `The sandbox has violated the contract, please report it: ${reason}`);
    }
    return new Response(response.text, response);
  };
}

async function read(response: Response): Promise<PrismResponse> {
  return { status: response.status, headers: response.headers, text: await response.text() };
}
