import { randomUUID } from 'node:crypto';
import type { Trial } from './compare-response.ts';
import type { Contract } from './contract.ts';
import { Requests } from './requests.ts';
import type { Target } from './target.ts';

/** Sends one request and compares its response with the contract. */
export type Attempt = (trial: Trial, send: () => Promise<unknown>) => Promise<Reply>;

export interface Reply {
  /** Undefined without a response. */
  status?: number;
  /** The JSON of a success, which can have any form. */
  data?: unknown;
}

/** What was not done. */
export interface Unfinished {
  /** The reasons why operations were not called, by operationId. */
  skipped: Map<string, string>;
  /** The changes of this run that could not be undone. */
  leftovers: string[];
}

/** What the steps of a service work with. */
export interface StepContext extends Unfinished, Pick<Target, 'server' | 'keys' | 'parameters'> {
  attempt: Attempt;
  /** Sends a request; the attempt reads its end. */
  fetch: typeof globalThis.fetch;
  /** Calls an operation that only reads, unless it was called already. */
  read(operation: string, values: Record<string, string>): Promise<void>;
}

/** What no contract can tell of a service. */
export interface ServiceSteps {
  /** Says what `--write` does. */
  about: string;
  /** Values of parameters that the response of an operation contains, by name. */
  learn(operation: string, data: unknown): Record<string, string | undefined>;
  /** Calls the operations that change something, and undoes what they did. */
  write(context: StepContext): Promise<void>;
}

/**
 * Calls every operation that only reads and whose required parameters are known: given, learned, or by an example. An
 * example of a UUID is nobody's.
 */
export async function tryOperations(
  contract: Contract,
  target: Target,
  fetch: typeof globalThis.fetch,
  attempt: Attempt,
  service: ServiceSteps | undefined,
): Promise<Unfinished> {
  const unfinished: Unfinished = { skipped: new Map(), leftovers: [] };
  const { skipped } = unfinished;
  const requests = new Requests(contract, target);
  const learned = new Map<string, string>();
  const called = new Set<string>();
  let refusedKey = false;

  async function read(id: string, values: Record<string, string> = {}): Promise<void> {
    const operation = contract.operations.get(id);
    if (operation === undefined || called.has(id)) return;
    const known = new Map([...learned, ...target.parameters, ...Object.entries(values)]);
    const request = requests.create(operation, known);
    if ('missing' in request) {
      skipped.set(id, request.missing);
      return;
    }
    called.add(id);
    skipped.delete(id);
    const { data } = await attempt({ operation: id }, () => fetch(request.url, request));
    for (const [name, value] of Object.entries(service?.learn(id, data) ?? {}))
      if (value !== undefined && !learned.has(name)) learned.set(name, value);
    if (refusedKey || !request.isSecured || !operation.responses.has('401')) return;
    refusedKey = true;
    const wrong = requests.create(operation, known, 'a-wrong-key');
    if ('url' in wrong)
      await attempt({ operation: id, refusal: { because: 'a wrong key', status: 401 } }, () =>
        fetch(wrong.url, wrong),
      );
  }

  for (const [id, { method }] of contract.operations) {
    if (method === 'get') await read(id);
    else if (!service) skipped.set(id, 'changes something, and is not called');
    else if (!target.write) skipped.set(id, 'needs --write, as it changes something');
  }
  if (target.write) await service?.write({ ...target, ...unfinished, attempt, fetch, read });

  for (const [id, operation] of contract.operations) {
    const ids = operation.parameters.filter((each) => each.in === 'path');
    if (operation.method !== 'get' || ids.length === 0 || !operation.responses.has('404')) continue;
    if (!ids.every((each) => contract.isUuid(each))) continue;
    const request = requests.create(operation, new Map(ids.map(({ name }) => [name, randomUUID()])));
    if ('url' in request)
      await attempt({ operation: id, refusal: { because: 'an unknown id', status: 404 } }, () =>
        fetch(request.url, request),
      );
  }
  return unfinished;
}
