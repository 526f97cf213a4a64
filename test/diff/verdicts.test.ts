import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '../../scripts/diff/change.ts';
import { compareContracts } from '../../scripts/diff/compare.ts';
import { escapePointer, type Json, loadContract } from '../contract/contract.ts';
import { cases, renamed } from './cases.ts';
import { edits } from './edits.ts';

const contract = await loadContract();

/** What no edit reaches would only take time. */
const { examples } = contract.components;
const slim = applyEdit(contract, {
  'paths /connection/{connection_id}/details': undefined,
  'paths /ping': undefined,
  'webhooks connection.updated.v2': undefined,
  'webhooks connection.validated.v2': undefined,
  ...Object.fromEntries(Object.keys(examples).map((name) => [`components examples ${name} value`, {}])),
});

describe.each([
  [
    'the contract',
    edits.map(([name, edit, verdicts]) => ({ name, before: slim, after: applyEdit(slim, edit), verdicts })),
  ],
  ['another one', cases],
])('the verdict on an edit of %s', (_contract, all) => {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-diff-'));
  let changes: Change[];
  beforeAll(async () => {
    for (const side of ['before', 'after'] as const)
      writeVersion(
        join(folder, side),
        all.map((each) => each[side]),
      );
    changes = await compareFolders(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(all.map(({ name, verdicts }, index) => ({ name, verdicts, index })))(
    '$name: $verdicts',
    ({ verdicts, index }) => {
      const found = changes.filter(({ sources }) => sources[0]?.startsWith(`${index}.yaml:`));
      expect(found.map(verdictOn)).toEqual(verdicts);
    },
  );

  test('nothing else was found', () => {
    expect(changes.length).toBe(all.flatMap(({ verdicts }) => verdicts).length);
  });
});

const created = contract.webhooks['connection.created.v2'];

/** What cannot stand beside other edits: Redocly takes what goes and what comes at the same time for one thing renamed. */
const alone: [name: string, before: Json, after: Json, verdicts: string[]][] = [
  [
    'the whole document',
    contract,
    applyEdit(contract, {
      'info title': 'Other',
      'info version': '1.0.0',
      'servers 2': undefined,
      'security 0': undefined,
      'components securitySchemes ApiKey name': 'X-KEY',
      'components securitySchemes ApiKey x-env': 'OTHER_KEY',
      'paths /ping': undefined,
      'webhooks connection.created.v2': undefined,
    }),
    [
      'minor callers: No key is needed any more.',
      "major both: `name` of security scheme `ApiKey` changed from 'X-API-KEY' to 'X-KEY'.",
      'major callers: The client takes its key from another environment variable.',
      'patch nobody: `title` of `info` was changed from "Nectar Climate External API" to "Other".',
      'major both: Path `/ping` was removed.',
      'major both: Server `https://external.nectarclimate.com/v2.1` was removed.',
      'major readers: Webhook `connection.created.v2` was removed.',
    ],
  ],
  [
    'the name of a webhook',
    contract,
    applyEdit(contract, {
      'webhooks connection.created.v2': undefined,
      'webhooks connection.made.v2': created,
    }),
    ['major readers: Webhook `connection.created.v2` was renamed to `connection.made.v2`.'],
  ],
  [
    'names, tags and components',
    renamed.before,
    renamed.after,
    [
      'patch nobody: `tags` was added.',
      'major both: Path `/plots/{id}` was renamed to `/plots/{plot}`.',
      'patch nobody: `parameters` was added.',
      'major readers: Schema `Plot` was renamed to `Field`.',
    ],
  ],
];

test.each(alone)('the verdict on %s', async (_name, before, after, verdicts) => {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-diff-'));
  for (const [name, version] of Object.entries({ before, after })) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'openapi.yaml'), JSON.stringify(version, null, 1));
  }
  const changes = await compareFolders(folder);
  rmSync(folder, { recursive: true });
  const found = changes.map((change) => `${verdictOn(change)}: ${change.text}`);
  expect(found.toSorted()).toEqual(verdicts.toSorted());
});

function verdictOn({ bump, affects }: Change): string {
  return `${bump} ${affects}`;
}

function compareFolders(folder: string): Promise<Change[]> {
  return compareContracts(
    join(folder, 'before'),
    join(folder, 'after'),
    'openapi.yaml',
    join(folder, 'report.json'),
  );
}

/**
 * Writes one document per edit, and one that holds the operations and webhooks of all of them, each below a path of its
 * own: the engines take half a second to start, and start only once so.
 */
function writeVersion(folder: string, contracts: Json[]): void {
  mkdirSync(folder);
  const { openapi, jsonSchemaDialect, info, security } = contracts[0];
  const whole: Json = { openapi, jsonSchemaDialect, info, security, paths: {}, webhooks: {} };
  for (const [index, contract] of contracts.entries()) {
    writeFileSync(join(folder, `${index}.yaml`), JSON.stringify(contract, null, 1));
    for (const path of Object.keys(contract.paths)) {
      whole.paths[`/${index}${path}`] = { $ref: `${index}.yaml#/paths/${escapePointer(path)}` };
    }
    for (const name of Object.keys(contract.webhooks ?? {})) {
      whole.webhooks[`${index}.${name}`] = { $ref: `${index}.yaml#/webhooks/${name}` };
    }
  }
  whole.components = { securitySchemes: contracts[0].components?.securitySchemes };
  writeFileSync(join(folder, 'openapi.yaml'), `#\n${JSON.stringify(whole, null, 1)}`);
}

function applyEdit(contract: Json, edit: Record<string, unknown>): Json {
  const edited = structuredClone(contract);
  for (const [place, value] of Object.entries(edit)) {
    const keys = place.split(' ');
    const last = keys.pop() ?? '';
    const parent = keys.reduce((node, key) => node[key], edited);
    if (value !== undefined) parent[last] = value;
    else if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  }
  return edited;
}
