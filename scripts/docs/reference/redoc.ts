import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../cli/failure.ts';
import { cacheFolder, projectRoot } from '../../cli/project.ts';
import { runTool } from '../../cli/run-tool.ts';
import { sampleLabels } from '../calls/samples.ts';
import { schemasTag } from './schemas.ts';

const template = join(projectRoot, 'scripts/docs/reference/template.hbs');
const separator = '<!-- body -->';

const options = {
  // Opens the fields of an object, and of the objects in it, without a click.
  schemasExpansionLevel: 2,
  jsonSamplesExpandLevel: 4,
  schemaDefinitionsTagName: schemasTag,
  // The bar at the top of the site covers so many pixels.
  scrollYOffset: 56,
  // Of the samples it shows those with these labels; the last is the body alone.
  codeSamples: {
    languages: [
      ...sampleLabels.map(({ label }) => ({ lang: label })),
      { lang: 'Receiver' },
      { lang: 'Payload' },
    ],
  },
};

/** A document as Redoc renders it, rendered in advance: it is readable before the script has run. */
export interface RedocParts {
  head: string;
  body: string;
}

/** @throws {Failure} with what Redoc printed */
export async function renderRedoc(document: object): Promise<RedocParts> {
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, 'docs-'));
  try {
    const input = join(folder, 'openapi.json');
    const page = join(folder, 'redoc.html');
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
    const [head = '', body = ''] = patchRedoc(readFileSync(page, 'utf8')).split(separator);
    return { head, body };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What no option, style or script beside Redoc can change: the text of its script that is replaced, and why. */
const patches = [
  // The logo of its maker comes from a server of theirs, and is asked for wherever it would be shown. The theme hides
  // Redoc's navigation and with it the logo, but a browser loads a hidden image as well.
  { from: /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(?:-full)?\.svg/g, to: 'data:,' },
  // The choice of an example changes the body alone: a sample is one text. Here it may be one text for each example.
  // A script beside Redoc could replace what is shown, but not what the button beside it copies.
  {
    from: /((\w+)=\w+\?\w+\[\w+\]\?\.key\?\?\w+:void 0,[^;]{0,120}return``;let (\w+)=[^;]{0,60};return \3\?)\3\.source(:[^;]{0,120}?\},\[)/,
    to: '$1($3.source[$2]??$3.source)$4$2,',
  },
];

/** @throws when Redoc has become another one */
function patchRedoc(page: string): string {
  return patches.reduce((unpatched, { from, to }) => {
    const patched = unpatched.replace(from, to);
    if (patched === unpatched) {
      throw new Error(`Redoc's page no longer contains ${from}: look at what it has instead.`);
    }
    return patched;
  }, page);
}
