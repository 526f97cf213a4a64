import { createClient, type HttpError } from 'nectar-openapi';
import { createSandbox } from 'nectar-openapi/sandbox';

export const owner = 'dana.reyes@harborstreet.example';

/** A sandbox, a client for it, and the id of a connection that waits for its owner. */
export function start(options: Parameters<typeof createSandbox>[0] = {}) {
  const sandbox = createSandbox(options);
  const nectar = createClient({ apiKey: sandbox.key, fetch: sandbox.fetch, maxRetries: 0 });
  return { sandbox, nectar, broken: sandbox.connections.passwordIncorrect.id };
}

/** The status and the detail of a refused call. */
export async function refusal(call: { result(): Promise<{ ok: boolean; error?: unknown }> }) {
  const { error } = await call.result();
  const { status, detail } = error as HttpError;
  return [status, detail];
}
