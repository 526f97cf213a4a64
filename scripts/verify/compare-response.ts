import type { PrismResponse, Violation } from '../mock/prism.ts';
import type { Content } from '../openapi/document.ts';
import { chooseMedia } from '../openapi/media-types.ts';
import { type ContractOperation, successStatuses } from '../openapi/operations.ts';
import { type Contract, childOf, type Place } from './contract.ts';
import { factAt, type UncertainFacts } from './facts.ts';
import { observe } from './observe.ts';
import { describeViolation, pathOf } from './violations.ts';

/** One call of an operation. */
export interface Trial {
  operation: string;
  /** The reason why the service must refuse it, and the expected status. */
  refusal?: { because: string; status: number };
}

export interface Result extends Trial {
  status: number;
  /** The violations of the contract. */
  drift: string[];
  /** Fields and values that the contract allows but does not list. */
  fresh: string[];
  /** The contents of parts that the contract leaves open. */
  open: string[];
  /** Whether the response is the expected one. */
  conclusive: boolean;
}

/** Compares a response with the contract, and records what it means for the facts. */
export function compareResponse(
  contract: Contract,
  facts: UncertainFacts,
  trial: Trial,
  { status, headers, text }: PrismResponse,
  violations: Violation[],
): Result {
  const described = contract.operations.get(trial.operation) as ContractOperation;
  const operation = contract.placeOf(described);
  const documented = [...described.responses.keys()];
  const expected = trial.refusal ? [String(trial.refusal.status)] : successStatuses(described);
  const response = findResponse(contract, operation, status);
  const result: Result = {
    ...trial,
    status,
    drift: [],
    fresh: [],
    open: [],
    conclusive: expected.some((key) => keysOf(status).includes(key)),
  };

  if (!result.conclusive && refutes(status, trial.refusal !== undefined)) {
    const refuted = contract.at(operation, 'responses', expected[0] ?? '');
    facts.refute(refuted && factAt(refuted, undefined), `the service responded with ${status}`);
    result.drift.push(`the status is ${status}, but the contract says ${expected.join(' or ')}`);
    // A response that should have been an error proves nothing about the success response.
    if (trial.refusal && status < 400) return result;
  } else if (!response) {
    result.drift.push(`the status ${status} is not documented (documented: ${documented.join(', ')})`);
  }
  if (!response) return result;

  const fact = factAt(response, undefined);
  facts.see(fact);
  observeHeaders(contract, facts, response, headers);
  const schema = jsonSchemaOf(contract, response);
  const body = schema && parseJson(text);
  if (schema && body === undefined) {
    result.drift.push(text.trim() === '' ? 'the body is empty' : 'the body is not valid JSON');
  }
  const observation = schema && body !== undefined ? observe(contract, facts, schema, fact, body) : undefined;
  for (const violation of violations) {
    const clause = describeViolation(violation, body);
    const kind = status >= 400 && violation.location[0] === 'response' ? 'the error has another shape: ' : '';
    result.drift.push(kind + clause);
    const path = pathOf(violation).join('/');
    const concerned = violation.code === 'required' ? observation?.presence : observation?.content;
    for (const pointer of concerned?.get(path) ?? []) facts.refute(pointer, clause);
  }
  result.drift = countRepeats(result.drift);
  result.fresh = countRepeats(observation?.fresh ?? []);
  result.open = countRepeats(observation?.open ?? []);
  return result;
}

/** An error instead of a success proves nothing about the success; any other status does. */
function refutes(status: number, expectsError: boolean): boolean {
  if (status === 429 || status >= 500) return false;
  return expectsError || status < 400;
}

/** The keys of `responses` that cover a status, the most specific first. */
function keysOf(status: number): string[] {
  return [String(status), `${Math.floor(status / 100)}XX`, 'default'];
}

function findResponse(contract: Contract, operation: Place, status: number): Place | undefined {
  for (const key of keysOf(status)) {
    const response = contract.at(operation, 'responses', key);
    if (response) return response;
  }
  return undefined;
}

function observeHeaders(contract: Contract, facts: UncertainFacts, response: Place, headers: Headers): void {
  for (const name of Object.keys(childOf(response, 'headers')?.node ?? {})) {
    const header = contract.at(response, 'headers', name);
    if (header && headers.has(name)) facts.see(factAt(header, undefined));
  }
}

/** The unresolved schema of a JSON response: its reference is resolved later, with its provenance. */
function jsonSchemaOf(contract: Contract, response: Place): Place | undefined {
  const content = contract.at(response, 'content');
  const media = chooseMedia(content?.node as Content | undefined);
  const mediaType = content && media?.kind === 'json' ? contract.at(content, media.key) : undefined;
  return mediaType && childOf(mediaType, 'schema');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function countRepeats(clauses: string[]): string[] {
  const counts = new Map<string, number>();
  for (const clause of clauses) counts.set(clause, (counts.get(clause) ?? 0) + 1);
  return Array.from(counts, ([clause, count]) => (count === 1 ? clause : `${clause} (${count} times)`));
}
