import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../cli/failure.ts';
import { cacheFolder, toolchainRoot } from '../../cli/project.ts';
import { runTool } from '../../cli/run-tool.ts';
import { sampleLabels } from '../calls/samples.ts';
import { schemasTag } from './schemas.ts';

const template = join(toolchainRoot, 'scripts/docs/reference/template.hbs');
const separator = '<!-- body -->';

const options = {
  // Expands two levels of fields.
  schemasExpansionLevel: 2,
  jsonSamplesExpandLevel: 4,
  schemaDefinitionsTagName: schemasTag,
  // The height of the bar at the top of the site, in pixels.
  scrollYOffset: 56,
  // Redoc shows only samples with these labels. The last one is the plain body.
  codeSamples: {
    languages: [
      ...sampleLabels.map(({ label }) => ({ lang: label })),
      { lang: 'Receiver' },
      { lang: 'Payload' },
    ],
  },
};

/** The page of Redoc, prerendered, so that it is readable before the script has run. */
export interface RedocParts {
  head: string;
  body: string;
}

/** @throws {Failure} with the output of Redoc */
export async function renderRedoc(document: object): Promise<RedocParts> {
  mkdirSync(cacheFolder(), { recursive: true });
  const folder = mkdtempSync(join(cacheFolder(), 'docs-'));
  try {
    const input = join(folder, 'openapi.json');
    const page = join(folder, 'redoc.html');
    const config = join(folder, 'redocly.yaml');
    writeFileSync(input, JSON.stringify(document));
    // JSON is valid YAML. A separate configuration, as the contract has already been linted.
    writeFileSync(config, JSON.stringify({ openapi: options }));
    // Also removes telemetry from the page.
    process.env.REDOCLY_TELEMETRY = 'off';
    process.env.REDOCLY_SUPPRESS_UPDATE_NOTICE = 'true';
    const { passed, output } = await runTool('@redocly/cli/bin/cli.js', [
      ...['build-docs', input, '--inlineBundle'],
      ...['--config', config, '--template', template, '--output', page],
    ]);
    if (!passed) throw new Failure(`${output}The docs could not be rendered. Nothing was written.`);
    const [head = '', body = ''] = patchRedoc(readFileSync(page, 'utf8')).split(separator);
    return { head, body };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Replacements in Redoc's script, for what no option, style or additional script can change. */
const patches = [
  // Redoc loads the logo of its vendor from their server. Our styles hide Redoc's navigation with the logo, but a
  // browser also loads hidden images.
  { from: /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g, to: 'data:,' },
  // In Redoc, a code sample is one text, so that selecting an example only changes the body. Here it can be one text
  // for each example. An additional script could replace the shown text, but not the text that the copy button copies.
  {
    from: /((\w+)=\w+\?\w+\[\w+\]\?\.key\?\?\w+:void 0,[^;]{0,120}return``;let (\w+)=[^;]{0,60};return \3\?)\3\.source(:[^;]{0,120}?\},\[)/,
    to: '$1($3.source[$2]??$3.source)$4$2,',
  },
];

/** @throws if Redoc's script has changed */
function patchRedoc(page: string): string {
  return patches.reduce((unpatched, { from, to }) => {
    const patched = unpatched.replace(from, to);
    if (patched === unpatched) {
      throw new Error(`Redoc's page no longer contains ${from}: adapt the replacement.`);
    }
    return patched;
  }, page);
}
