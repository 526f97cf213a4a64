import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '../../scripts/diff/change.ts';
import { compareContracts } from '../../scripts/diff/compare.ts';
import { escapePointer, type Json, loadContract } from '../contract/contract.ts';
import { edits } from './edits.ts';

describe('the verdict on an edit of the contract', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-diff-'));
  let changes: Change[];
  beforeAll(async () => {
    const contract = await loadContract();
    // What no edit reaches would only take time.
    delete contract.paths['/connection/{connection_id}/details'];
    delete contract.paths['/ping'];
    delete contract.webhooks['connection.updated.v2'];
    delete contract.webhooks['connection.validated.v2'];
    for (const example of Object.values<Json>(contract.components.examples)) example.value = {};
    writeVersion(
      join(folder, 'base'),
      edits.map(() => contract),
    );
    writeVersion(
      join(folder, 'revision'),
      edits.map(([, edit]) => applyEdit(contract, edit)),
    );
    changes = await compareContracts(
      join(folder, 'base'),
      join(folder, 'revision'),
      'openapi.yaml',
      join(folder, 'report.json'),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(edits.map(([name, , verdicts], index) => ({ name, verdicts, index })))('$name: $verdicts', ({
    verdicts,
    index,
  }) => {
    const found = changes.filter(({ sources }) => sources[0]?.startsWith(`${index}.yaml:`));
    expect(found.map(({ bump, affects, alone = '' }) => `${bump} ${affects} ${alone}`.trim())).toEqual(
      verdicts,
    );
  });

  test('nothing else was found', () => {
    expect(changes.length).toBe(edits.flatMap(([, , verdicts]) => verdicts).length);
  });
});

/**
 * Writes one document per edit, and one that holds the operations and webhooks of all of them, each below a path of its
 * own: the engines take half a second to start, and start only once so.
 */
function writeVersion(folder: string, contracts: Json[]): void {
  mkdirSync(folder);
  const { openapi, jsonSchemaDialect, info, security } = contracts[0];
  const whole: Json = { openapi, jsonSchemaDialect, info, security, paths: {}, webhooks: {} };
  for (const [index, contract] of contracts.entries()) {
    // A comment makes YAML of it: oasdiff names no lines of JSON.
    writeFileSync(join(folder, `${index}.yaml`), `#\n${JSON.stringify(contract, null, 1)}`);
    for (const path of Object.keys(contract.paths)) {
      whole.paths[`/${index}${path}`] = { $ref: `${index}.yaml#/paths/${escapePointer(path)}` };
    }
    for (const name of Object.keys(contract.webhooks)) {
      whole.webhooks[`${index}.${name}`] = { $ref: `${index}.yaml#/webhooks/${name}` };
    }
  }
  whole.components = { securitySchemes: contracts[0].components.securitySchemes };
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
