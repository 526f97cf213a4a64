import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseYaml } from '@redocly/openapi-core';
import { expect, onTestFinished, test } from 'vitest';
import { silentStep } from '../../scripts/cli/steps.ts';
import { writeDocs } from '../../scripts/docs/build.ts';
import { readSource } from '../../scripts/docs/source.ts';
import { replaceFolder } from '../../scripts/output/replace-folder.ts';
import { useBrowser } from '../helpers/shared.ts';
import { deadInFreshTabs, placesOf } from './links.ts';
import { openPage } from './open-page.ts';

const document = fileURLToPath(new URL('../helpers/parcels.yaml', import.meta.url));
const browser = useBrowser();

test('the docs of a contract without a guide, tags or operationIds have all of it, and nothing of this service', async () => {
  const contract = parseYaml(readFileSync(document, 'utf8')) as object;
  const client = { module: './client/index.js', variable: 'client' };
  const files = await writeDocs(readSource(contract, '/no/guide', client), silentStep, false);

  // `parcels/list` and `parcels-list` would have the same file.
  expect([...files.keys()].filter((name) => name.endsWith('.md'))).toEqual([
    'reference.md',
    'guide/mock-scenarios.md',
    ...['get-parcels-number-label-pdf', 'parcels-list', 'parcels-list-2'].map(
      (each) => `operations/${each}.md`,
    ),
  ]);
  const reference = files.get('reference.md');
  expect(reference).toContain(`curl 'https://parcels.example/v1/parcels?state=sent' \\
  --header "Authorization: Bearer $PARCELS_TOKEN"`);
  expect(reference).toContain('body: { zone: 2 }');
  expect(reference).toContain('await client.getParcelsNumberLabelPdf(1)');
  expect(files.get('guide/mock-scenarios.md')).toContain(
    `curl --include 'http://127.0.0.1:4011/parcels?state=sent' --header 'Authorization: Bearer any-key' --header 'Prefer: code=200'`,
  );
  for (const [name, text] of files) expect(/invitation|nectar/i.exec(text)?.[0], name).toBe(undefined);

  const folder = mkdtempSync(join(tmpdir(), 'docs-other-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  replaceFolder(join(folder, 'docs'), files);
  await using opened = await openPage(browser(), `${pathToFileURL(folder).href}/docs/reference.html`);
  const places = await placesOf(opened.page);
  expect(places).toHaveLength(6);
  expect(await deadInFreshTabs(opened.page, places)).toEqual([]);
  expect(opened.complaints).toEqual([]);
});
