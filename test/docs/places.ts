import { type Json, loadContract, resolve } from '../contract/contract.ts';

/** What has a place of its own in the docs. */
export interface Place {
  title: string;
  /** Summaries of its named examples. */
  cases: string[];
}

const contract = await loadContract();

const operations = [...Object.values<Json>(contract.paths), ...Object.values<Json>(contract.webhooks)]
  .flatMap((item) => Object.values<Json>(item))
  .filter((operation) => operation.operationId);

/** Every operation, webhook and schema of the contract, by the heading of the navigation under which it stands. */
export const places = new Map<string, Place[]>([
  ...contract.tags.map(({ name }: Json): [string, Place[]] => [
    name,
    operations
      .filter((operation) => operation.tags.includes(name))
      .map((operation) => ({
        title: operation.summary,
        cases: [operation.requestBody, ...Object.values<Json>(operation.responses)].flatMap(summariesOf),
      })),
  ]),
  ['Schemas', Object.keys(contract.components.schemas).map((title) => ({ title, cases: [] }))],
]);

function summariesOf(body: Json): string[] {
  const { examples = {} } = resolve(contract, body)?.content?.['application/json'] ?? {};
  return Object.values<Json>(examples).map((example) => resolve(contract, example).summary);
}
