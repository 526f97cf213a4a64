import { createClient } from '../../generated/client.ts';
import { Failure } from '../cli/failure.ts';
import { startPrism } from '../mock/prism.ts';
import { compareResponse, type Result } from './compare-response.ts';
import { Contract } from './contract.ts';
import { type UncertainFact, UncertainFacts } from './facts.ts';
import { type ServiceResponse, startRelay } from './relay.ts';
import { type Attempt, tryOperations, type Unfinished } from './steps.ts';
import type { Target } from './target.ts';
import { readViolations } from './violations.ts';

/** The result of a verification. */
export interface Verification extends Unfinished {
  results: Result[];
  facts: UncertainFact[];
}

/**
 * Calls the service with the generated client, through Prism, which validates each request and response.
 *
 * @throws {Failure} if the service cannot be reached or refuses the key
 */
export async function verify({ document, server, apiKey, ids, write }: Target): Promise<Verification> {
  const contract = new Contract(document);
  const facts = new UncertainFacts(contract);
  const results: Result[] = [];
  const failed = new Map<string, string>();

  await using stack = new AsyncDisposableStack();
  const relay = stack.adopt(await startRelay(server, apiKey), (each) => each.close());
  const prism = stack.adopt(await startPrism(document, { upstream: relay.url }), (each) => each.close());

  let violations: string | null = null;
  const nectar = createClient({
    apiKey: relay.ticket,
    headers: { 'X-Verify-Ticket': relay.ticket },
    baseUrl: `http://127.0.0.1:${prism.port}`,
    maxRetries: 0,
    // The relay times out first, and knows the reason.
    timeout: 60_000,
    async fetch(...request) {
      const response = await fetch(...request);
      violations = response.headers.get('sl-violations');
      return response;
    },
  });

  const attempt: Attempt = async (trial, call) => {
    violations = null;
    const outcome = await call().result();
    const response = relay.take() ?? { problem: 'the request never left this machine' };
    if (results.length === 0) checkFirstResponse(response, server);
    if ('problem' in response) {
      failed.set(trial.operation, `got no response: ${response.problem}`);
      return {};
    }
    results.push(compareResponse(contract, facts, trial, response, readViolations(violations)));
    // If the service responds with 501, Prism creates a success response.
    const data = outcome.ok && response.status < 300 ? outcome.data : undefined;
    return { status: response.status, data };
  };
  const { skipped, leftovers } = await tryOperations(nectar, { ids, write }, attempt);

  for (const operation of contract.operations().keys()) {
    if (skipped.has(operation) || results.some((result) => result.operation === operation)) continue;
    skipped.set(operation, 'is not supported by this command');
  }
  return { results, skipped: new Map([...skipped, ...failed]), leftovers, facts: facts.all() };
}

/** A wrong URL or key fails each call, and is not drift. */
function checkFirstResponse(response: ServiceResponse | { problem: string }, server: string): void {
  if ('problem' in response) {
    throw new Failure(
      `${server} cannot be reached (${response.problem}). Check --server, and whether this machine may connect to it.`,
    );
  }
  if (response.status === 401) {
    throw new Failure(
      `${server} refuses the key (401). Check that NECTAR_API_KEY is active and belongs to the right environment.`,
    );
  }
  if (response.status === 404) {
    throw new Failure(
      `${server} has no /ping (404). --server takes the whole base address, such as https://external.nectarclimate.com/v2.`,
    );
  }
}
