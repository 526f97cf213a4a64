import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { targetFor } from '../../scripts/cli/apis.ts';
import { Failure } from '../../scripts/cli/failure.ts';
import type { Finding } from '../../scripts/cli/finding.ts';
import { silentStep } from '../../scripts/cli/steps.ts';
import { generate } from '../../scripts/generate/generate.ts';

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
): Promise<{ client: string; document: string; sources: string[]; warnings: Finding[] }> {
  const place = join(folder, String(++count));
  mkdirSync(place);
  writeFileSync(join(place, 'contract.yaml'), contract);
  writeFileSync(join(place, 'overlay.yaml'), overlay);
  const target = targetFor(join(place, 'contract.yaml'), join(place, 'client'), {
    overlay: join(place, 'overlay.yaml'),
  });
  const { files, sources, warnings } = await generate(target, silentStep);
  return {
    client: files.get('client.ts') ?? '',
    document: files.get('openapi.yaml') ?? '',
    sources,
    warnings,
  };
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

  test('selects by RFC 9535, and applies the actions in their order', async () => {
    const { document } = await generateWith(
      overlayOf(
        "{ target: \"$.paths['/parcels'].get.parameters[?@.name == 'page' && @.in == 'query']\", update: { description: Which page } }",
        '{ target: $.paths, update: { /depots/all: {} } }',
        '{ target: "$.paths[\'/depots/all\']", copy: "$.paths[\'/depots\']" }',
        '{ target: "$.paths[\'/depots\']", remove: true }',
        '{ target: "$..get", update: { x-read: true } }',
        '{ target: $, update: { x-whole: true } }',
      ),
    );
    expect(document).toContain('description: Which page');
    expect(document).toMatch(/\/depots\/all:\n\s+get:\n\s+operationId: listDepots/);
    expect(document).not.toMatch(/^ {2}\/depots:/m);
    expect(document.match(/x-read: true/g)).toHaveLength(2);
    expect(document).toContain('x-whole: true');
  });

  test('applies the examples of the specification', async () => {
    // https://spec.openapis.org/overlay/v1.0.0.html, 5.2 to 5.4: structured, targeted and by wildcard.
    const { document } = await generateWith(
      overlayOf(
        `{ target: $, update: { info: { x-overlay-applied: structured-overlay }, paths: { /parcels: { summary: The root, get: { summary: Retrieve the root resource } } } } }`,
        `{ target: "$.paths['/parcels'].get.description", update: Retrieves a page }`,
        `{ target: "$.paths.*.get", update: { x-safe: true } }`,
        `{ target: "$.paths.*.get.parameters[?@.name=='page']", update: { schema: { minimum: 1 } } }`,
        `{ target: "$.paths['/parcels'].get.parameters", update: { name: newParam, in: query, schema: { type: string } } }`,
        `{ target: "$.paths['/parcels'].get.parameters[?@.name == 'newParam']", remove: true }`,
      ),
    );
    expect(document).toContain('x-overlay-applied: structured-overlay');
    expect(document).toContain('summary: Retrieve the root resource');
    expect(document.match(/x-safe: true/g)).toHaveLength(2);
    expect(document).toContain('minimum: 1');
    expect(document).not.toContain('newParam');
  });

  test('warns of an action that changes nothing at its turn, with the place', async () => {
    const { warnings } = await generateWith(
      overlayOf(
        '{ target: "$.paths[\'/none\'].get", update: {} }',
        '{ target: $.paths, update: { /none: { get: { operationId: none, responses: {} } } } }',
        '{ target: $.info }',
      ),
    );
    expect(
      warnings.filter(({ rule }) => rule === 'overlay').map(({ line, message }) => [line, message]),
    ).toEqual([
      [4, "This action changes nothing: $.paths['/none'].get selects nothing in the contract."],
      [6, 'This action changes nothing: give it an update, a copy, or "remove: true".'],
    ]);
  });

  test.each([
    ['is not an overlay.', 'actions: []'],
    ['is not an overlay.', 'overlay: 2.0.0\nactions: []'],
    ['could not be read', 'overlay: ['],
    ['`target` field must be a JSONPath', overlayOf('{ remove: true }')],
    ['Invalid JSONPath', overlayOf('{ target: "paths", remove: true }')],
    ['Cannot remove the root', overlayOf('{ target: $, remove: true }')],
    ['exactly one node', overlayOf('{ target: $.info, copy: "$.paths.*" }')],
    ['Cannot apply', overlayOf('{ target: $.info, update: text }')],
  ])('says what is wrong: %s', async (message, overlay) => {
    const failure = await generateWith(overlay).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    const { message: said, findings } = failure as Failure;
    expect([said, ...findings.map((finding) => finding.message)].join('\n')).toContain(message);
  });
});
