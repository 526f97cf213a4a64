import { createClient } from '../../generated/client.ts';
import { Failure } from '../cli/failure.ts';
import { loadPrism } from '../mock/prism.ts';
import { type Attempt, tryOperations, type Unfinished } from '../nectar/verify-steps.ts';
import { compareResponse, type Result } from './compare-response.ts';
import { Contract } from './contract.ts';
import { type UncertainFact, UncertainFacts } from './facts.ts';
import { createRecorder, type Recorded } from './recorder.ts';
import type { Target } from './target.ts';

/** The result of a verification. */
export interface Verification extends Unfinished {
  results: Result[];
  facts: UncertainFact[];
}

/**
 * Calls the service with the generated client. Prism validates each request and response.
 *
 * @throws {Failure} if the service cannot be reached or refuses the key
 */
export async function verify({ document, server, apiKey, ids, write }: Target): Promise<Verification> {
  const contract = new Contract(document);
  const facts = new UncertainFacts(contract);
  const results: Result[] = [];
  const failed = new Map<string, string>();

  const recorder = createRecorder(await loadPrism(document), server);
  const nectar = createClient({
    apiKey,
    baseUrl: server,
    maxRetries: 0,
    // The recorder times out first, and knows the reason.
    timeout: 60_000,
    fetch: recorder.fetch,
  });

  const attempt: Attempt = async (trial, call) => {
    const outcome = await call().result();
    const recorded = recorder.take() ?? { problem: 'the request never left this machine' };
    if (results.length === 0) checkFirstResponse(recorded, server);
    if ('problem' in recorded) {
      failed.set(trial.operation, `got no response: ${recorded.problem}`);
      return {};
    }
    const { response, violations } = recorded;
    results.push(compareResponse(contract, facts, trial, response, violations));
    return { status: response.status, data: outcome.ok ? outcome.data : undefined };
  };
  const { skipped, leftovers } = await tryOperations(nectar, { ids, write }, attempt);

  for (const operation of contract.operations().keys()) {
    if (skipped.has(operation) || results.some((result) => result.operation === operation)) continue;
    skipped.set(operation, 'is not supported by this command');
  }
  return { results, skipped: new Map([...skipped, ...failed]), leftovers, facts: facts.all() };
}

/** A wrong URL or key fails each call, and is not drift. */
function checkFirstResponse(recorded: Recorded, server: string): void {
  if ('problem' in recorded) {
    throw new Failure(
      `${server} cannot be reached (${recorded.problem}). Check --server, and whether this machine may connect to it.`,
    );
  }
  const { status } = recorded.response;
  if (status === 401) {
    throw new Failure(
      `${server} refuses the key (401). Check that NECTAR_API_KEY is active and belongs to the right environment.`,
    );
  }
  if (status === 404) {
    throw new Failure(
      `${server} has no /ping (404). --server takes the whole base address, such as https://external.nectarclimate.com/v2.`,
    );
  }
}
