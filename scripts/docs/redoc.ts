import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { cacheFolder, projectRoot } from '../cli/project.ts';
import { runTool } from '../cli/run-tool.ts';
import { schemasTag } from './schemas.ts';

const template = join(projectRoot, 'scripts/docs/template.hbs');

const options = {
  // Opens the fields of an object, and of the objects in it, without a click.
  schemasExpansionLevel: 2,
  jsonSamplesExpandLevel: 4,
  schemaDefinitionsTagName: schemasTag,
  // Of the samples it shows those in these languages, by their labels; the last is the body alone.
  codeSamples: { languages: [{ lang: 'curl' }, { lang: 'TypeScript' }, { lang: 'Payload' }] },
};

/**
 * The document as Redoc's page, drawn beforehand: it is readable before its script has run.
 *
 * @throws {Failure} with what Redoc printed
 */
export async function renderPage(document: object): Promise<string> {
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, 'docs-'));
  try {
    const input = join(folder, 'openapi.json');
    const page = join(folder, 'index.html');
    const config = join(folder, 'redocly.yaml');
    writeFileSync(input, JSON.stringify(document));
    // JSON is YAML. A configuration of its own: the rules of the contract have been applied already.
    writeFileSync(config, JSON.stringify({ openapi: options }));
    // Also leaves the telemetry out of the page.
    process.env.REDOCLY_TELEMETRY = 'off';
    process.env.REDOCLY_SUPPRESS_UPDATE_NOTICE = 'true';
    const { passed, output } = await runTool('@redocly/cli/bin/cli.js', [
      ...['build-docs', input, '--inlineBundle'],
      ...['--config', config, '--template', template, '--output', page],
    ]);
    if (!passed) throw new Failure(`${output}The docs could not be drawn. Nothing was written.`);
    return readFileSync(page, 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
