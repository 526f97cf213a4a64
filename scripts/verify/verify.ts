import { Failure } from '../cli/failure.ts';
import { loadPrism } from '../mock/prism.ts';
import { variableOf } from '../openapi/security.ts';
import { readBaseUrl } from '../openapi/servers.ts';
import { compareResponse, type Result, type Trial } from './compare-response.ts';
import { Contract } from './contract.ts';
import { type UncertainFact, UncertainFacts } from './facts.ts';
import { createRecorder, type Recorded } from './recorder.ts';
import { type Attempt, type ServiceSteps, tryOperations, type Unfinished } from './steps.ts';
import type { Target } from './target.ts';

/** The result of a verification. */
export interface Verification extends Unfinished {
  results: Result[];
  facts: UncertainFact[];
}

/**
 * Calls the service. Prism validates each request and response.
 *
 * @param service what no contract can tell of it
 * @throws {Failure} if the service cannot be reached or refuses the key
 */
export async function verify(target: Target, service?: ServiceSteps): Promise<Verification> {
  const { document, server } = target;
  const contract = new Contract(document);
  const facts = new UncertainFacts(contract);
  const results: Result[] = [];
  const failed = new Map<string, string>();
  const recorder = createRecorder(await loadPrism(document), server);

  const attempt: Attempt = async (trial, send) => {
    // The recorder knows how it has ended.
    await send().catch(() => {});
    const recorded = recorder.take() ?? { problem: 'the request never left this machine' };
    if (results.length === 0) checkFirstResponse(recorded, trial, target, contract);
    if ('problem' in recorded) {
      failed.set(trial.operation, `got no response: ${recorded.problem}`);
      return {};
    }
    const { response, violations } = recorded;
    results.push(compareResponse(contract, facts, trial, response, violations));
    const { status, text } = response;
    return { status, data: status < 300 ? parseJson(text) : undefined };
  };
  const { skipped, leftovers } = await tryOperations(contract, target, recorder.fetch, attempt, service);
  return { results, skipped: new Map([...skipped, ...failed]), leftovers, facts: facts.all() };
}

/** A wrong URL or key fails each call, and is not drift. */
function checkFirstResponse(
  recorded: Recorded,
  { operation }: Trial,
  { server, keys }: Target,
  { document, operations, schemes }: Contract,
): void {
  if ('problem' in recorded) {
    throw new Failure(
      `${server} cannot be reached (${recorded.problem}). Check --server, and whether this machine may connect to it.`,
    );
  }
  const { status } = recorded.response;
  if (status === 401) {
    const variables = Array.from(keys.keys(), (name) => variableOf(schemes.used.get(name) ?? {}));
    throw new Failure(
      `${server} refuses the key (401). Check that ${variables.join(' and ')} is active and belongs to the right environment.`,
    );
  }
  const { path = '', parameters = [] } = operations.get(operation) ?? {};
  if (status === 404 && parameters.length === 0) {
    throw new Failure(
      `${server} has no ${path} (404). --server takes the whole base address, such as ${readBaseUrl(document)}.`,
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
