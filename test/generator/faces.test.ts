import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYaml } from '@redocly/openapi-core';
import fc from 'fast-check';
import * as nectar from 'nectar-openapi';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { normalize } from '../../scripts/generate/normalize/normalize.ts';
import type { Document } from '../../scripts/openapi/document.ts';
import { Faces } from '../helpers/faces.ts';
import { FeatureClients } from './features.ts';

/** Shown with what fails; change it to look elsewhere. */
const seed = 20_261_130;
const numRuns = 40;

const features = new FeatureClients();
const faces = new Map<string, Faces>();

beforeAll(async () => {
  await features.write();
  for (const name of features.names) {
    const document = readFileSync(join(features.folder, name, 'openapi.yaml'), 'utf8');
    faces.set(name, new Faces(await features.loadAll(name), documentOf(document)));
  }
  const own = readFileSync(join(import.meta.dirname, '../../generated/openapi.yaml'), 'utf8');
  faces.set('the contract of the project', new Faces(nectar, documentOf(own)));
});
afterAll(() => features.remove());
// An idempotency key is another one for each call.
beforeEach(() => {
  vi.spyOn(crypto, 'randomUUID').mockReturnValue('00000000-0000-4000-8000-000000000000');
});

function documentOf(yaml: string): Document {
  return normalize(parseYaml(yaml) as object).document;
}

test.each([...features.names, 'the contract of the project'])(
  'both clients send the same and return the same: %s',
  async (name) => {
    const pair = faces.get(name) as Faces;
    for (const operation of pair.operations)
      await fc.assert(
        fc.asyncProperty(
          pair.argumentsOf(operation),
          pair.responsesOf(operation),
          async (values, respond) => {
            expect(await pair.compare(operation, values, respond)).toBeUndefined();
          },
        ),
        { seed, numRuns },
      );
  },
);
