import { type Json, loadContract, resolve } from '../contract/contract.ts';

/** What has a place of its own in the reference. */
export interface Place {
  title: string;
  /** Its address within the reference. */
  hash: string;
  /** Summaries of its named examples. */
  cases: string[];
  /** What its page is made of: a page of the same shape has the same kinds of element and link. */
  shape?: string;
}

const contract = await loadContract();

const operations = Object.entries<Json>({ ...contract.paths, ...contract.webhooks }).flatMap(([path, item]) =>
  Object.values<Json>(item)
    .filter(({ operationId }) => operationId)
    .map((operation) => ({
      tag: operation.tags[0],
      title: path.startsWith('/') ? operation.summary : path,
      id: operation.operationId.toLowerCase(),
      cases: [operation.requestBody, ...Object.values<Json>(operation.responses)].flatMap(summariesOf),
    })),
);

/** Every operation, event and schema of the contract, by the heading of the navigation under which it stands. */
export const places = new Map<string, Place[]>([
  ...contract.tags.map(({ name }: Json): [string, Place[]] => [
    name,
    operations
      .filter(({ tag }) => tag === name)
      .map(({ title, id, cases }) => ({ title, hash: `#/${name.toLowerCase()}/${id}`, cases })),
  ]),
  [
    'Schemas',
    Object.entries<Json>(contract.components.schemas)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([title, schema]) => ({
        title,
        hash: `#/schemas/${title.toLowerCase()}`,
        cases: [],
        shape: `${schema.type} ${Object.keys(schema).sort()}`,
      })),
  ],
]);

/** One of each kind, where the reference is looked at closely. */
export const kinds = [
  { hash: '#/', heading: contract.info.title },
  { hash: '#/invitations', heading: 'Invitations' },
  { hash: '#/webhooks/onconnectionupdated', heading: 'connection.updated.v2' },
  { hash: '#/schemas/connection', heading: 'Connection' },
  { hash: '#/invitations/createreconnectinvitation', heading: 'Create a reconnect invitation' },
];

function summariesOf(body: Json): string[] {
  const { examples = {} } = resolve(contract, body)?.content?.['application/json'] ?? {};
  return Object.values<Json>(examples).map((example) => resolve(contract, example).summary);
}
