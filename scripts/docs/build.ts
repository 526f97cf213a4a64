import { dirname, join } from 'node:path';
import type { Api } from '../cli/apis.ts';
import { projectRoot } from '../cli/project.ts';
import type { RunStep } from '../cli/steps.ts';
import { readContract } from '../contract/read.ts';
import { printYaml } from '../generate/print-yaml.ts';
import type { Files } from '../output/files.ts';
import { chapterPage, guideLinks } from './guide/chapter-page.ts';
import { readChapters } from './guide/chapters.ts';
import { homePage } from './guide/home-page.ts';
import { writeMarkdown } from './markdown/files.ts';
import { prepareForRedoc } from './reference/prepare.ts';
import { renderRedoc } from './reference/redoc.ts';
import { referencePage } from './reference/reference-page.ts';
import { writeSearchIndex } from './search/write-index.ts';
import { writeScript, writeStyles } from './site/assets.ts';
import { navigationOf } from './site/navigation.ts';
import { renderPage, type Site } from './site/page.ts';
import { clientNames, readSource, type Source } from './source.ts';

/**
 * Builds the docs of a contract, in memory: its reference, and the guide in the folder `guide` beside it, if
 * there is one.
 *
 * Builds them from the contract and not from the output of gen, so that they are never older than the contract, and do
 * not need a run of gen.
 *
 * @param isPreview whether the pages reload themselves when their server has new ones
 * @throws {Failure} if the contract has errors
 */
export async function buildDocs(api: Api, step: RunStep, isPreview = false): Promise<Files> {
  const { bundle: contract } = await step('contract', () => readContract(api, 'the docs were not built'));
  const client = clientNames(projectRoot(), api.out ?? join(projectRoot(), 'generated'), api.name);
  const source = readSource(contract, join(dirname(api.spec), 'guide'), client);
  const files = await writeDocs(source, step, isPreview);
  return files.set('openapi.yaml', printYaml(contract));
}

/** The files of the docs of any contract, without the contract itself. */
export async function writeDocs(source: Source, step: RunStep, isPreview: boolean): Promise<Files> {
  const { info } = source.document;
  const redoc = await step('reference', () => renderRedoc(prepareForRedoc(source)));
  return step('guide', async () => {
    const site: Site = {
      title: info.title,
      version: info.version,
      logo: source.logo,
      navigation: navigationOf(source),
      isPreview,
    };
    const chapters = readChapters(source, guideLinks(source));
    const guide = chapters.map((chapter) => chapterPage(chapter, site.navigation.guide));
    const pages = [homePage(source), ...guide, referencePage(redoc)];
    return new Map([
      ...pages.map((page): [string, string] => [page.address, renderPage(page, site)]),
      ['assets/site.css', await writeStyles()],
      ['assets/site.js', await writeScript()],
      ['assets/search-index.js', writeSearchIndex(source)],
      ...writeMarkdown(source),
    ]);
  });
}
