import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Failure } from '../../scripts/cli/failure.ts';
import { silentStep } from '../../scripts/cli/steps.ts';
import { generate } from '../../scripts/generate/generate.ts';
import { targetFor } from '../../scripts/generate/target.ts';

const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-overlay-'));
afterAll(() => rmSync(folder, { recursive: true }));

const contract = `openapi: 3.0.3
info: { title: Of another team, version: 1.0.0 }
servers: [{ url: https://parcels.example }]
tags: [{ name: Parcels }]
paths:
  /parcels:
    get:
      operationId: listParcels
      parameters: [{ name: page, in: query, schema: { type: integer } }]
      responses:
        '200':
          description: A page
          content:
            application/json:
              schema: { type: object, properties: { items: { type: array, items: { type: string } } } }
    delete:
      operationId: dropParcels
      responses: { '204': { description: Done } }
  /depots:
    get:
      operationId: listDepots
      responses: { '204': { description: Done } }
`;

let count = 0;

async function generateWith(
  overlay: string,
): Promise<{ client: string; document: string; sources: string[] }> {
  const place = join(folder, String(++count));
  mkdirSync(place);
  writeFileSync(join(place, 'contract.yaml'), contract);
  writeFileSync(join(place, 'overlay.yaml'), overlay);
  const target = targetFor(join(place, 'contract.yaml'), join(place, 'client'), {
    overlay: join(place, 'overlay.yaml'),
  });
  const { files, sources } = await generate(target, silentStep);
  return { client: files.get('client.ts') ?? '', document: files.get('openapi.yaml') ?? '', sources };
}

const overlayOf = (...actions: string[]) =>
  `overlay: 1.0.0\ninfo: { title: Ours, version: 1.0.0 }\nactions:\n${actions.map((action) => `  - ${action}\n`).join('')}`;

describe('gen --overlay', () => {
  test('adds what a contract lacks', async () => {
    const { client, document, sources } = await generateWith(
      overlayOf(
        '{ target: "$.paths[\'/parcels\'].get", update: { x-pagination: { page: page, items: items } } }',
        '{ target: $.tags, update: { name: Depots } }',
        '{ target: $.info, update: { title: Parcels } }',
      ),
    );
    expect(client).toContain('ListCall<');
    expect(client).toContain("next: byPage('page', {})");
    expect(document).toContain('title: Parcels\n');
    expect(document).toContain('version: 1.0.0\n');
    expect(document).toMatch(/name: Parcels\n\s*- name: Depots/);
    expect(sources.some((file) => file.endsWith('overlay.yaml'))).toBe(true);
  });

  test('removes parts, and changes several places at once', async () => {
    const { client, document } = await generateWith(
      overlayOf(
        '{ target: $.paths.*.delete, remove: true }',
        '{ target: "$.paths[*].get", update: { deprecated: true } }',
        '{ target: "$.tags[0]", remove: true }',
      ),
    );
    expect(client).not.toContain('dropParcels');
    expect(client.match(/@deprecated/g)).toHaveLength(2);
    expect(document).toContain('tags: []');
  });

  test.each([
    ['overlay.yaml is not an overlay.', 'actions: []'],
    ['needs a target, and an update or "remove: true"', overlayOf('{ target: $.info }')],
    ['Action 1 of', overlayOf('{ target: "$.paths[\'/none\']", remove: true }')],
    ['does not exist in the contract', overlayOf('{ target: "$.paths[\'/none\'].get", update: {} }')],
    ['Use only names, indexes and *', overlayOf('{ target: "$..get", update: {} }')],
    ['Use only names, indexes and *', overlayOf('{ target: $, update: {} }')],
    ['could not be read', 'overlay: ['],
  ])('says what is wrong: %s', async (message, overlay) => {
    const failure = await generateWith(overlay).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toContain(message);
  });
});
