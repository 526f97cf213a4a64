import type { RunStep } from '../cli/steps.ts';
import { printYaml } from '../generate/print-yaml.ts';
import { projectTarget } from '../generate/target.ts';
import type { Files } from '../output/files.ts';
import { chapterPage } from './guide/chapter-page.ts';
import { readChapters } from './guide/chapters.ts';
import { homePage } from './guide/home-page.ts';
import { guideLinks } from './guide/links.ts';
import { writeMarkdown } from './markdown/files.ts';
import type { Described } from './markdown/reference.ts';
import { showProvenance } from './provenance.ts';
import { readContract } from './read-contract.ts';
import { prepareForRedoc } from './reference/prepare.ts';
import { renderRedoc } from './reference/redoc.ts';
import { referencePage } from './reference/reference-page.ts';
import { writeSearchIndex } from './search/entries.ts';
import { writeScript, writeStyles } from './site/assets.ts';
import { navigationOf } from './site/navigation.ts';
import { type Page, renderPage, type Site } from './site/page.ts';

/**
 * Builds the docs of the current contract, in memory.
 *
 * Builds them from spec/ and not from generated/, so that they are never older than the contract, and do not need a run
 * of gen.
 *
 * @param isPreview whether the pages reload themselves when their server has new ones
 * @throws {Failure} if the contract has findings
 */
export async function buildDocs(step: RunStep, isPreview = false): Promise<Files> {
  const contract = await step('contract', () => readContract(projectTarget()));
  const document = showProvenance(contract) as Described;
  const redoc = await step('reference', () => renderRedoc(prepareForRedoc(document)));
  return step('guide', async () => {
    const site: Site = {
      title: document.info.title,
      version: document.info.version,
      navigation: navigationOf(document),
      isPreview,
    };
    const pages = [homePage(document), ...guidePages(document, site), referencePage(redoc)];
    return new Map([
      ...pages.map((page): [string, string] => [page.address, renderPage(page, site)]),
      ['assets/site.css', await writeStyles()],
      ['assets/site.js', await writeScript()],
      ['assets/search-index.js', writeSearchIndex(document)],
      ...writeMarkdown(document),
      ['openapi.yaml', printYaml(contract)],
    ]);
  });
}

function guidePages(document: object, { navigation }: Site): Page[] {
  return readChapters(document, guideLinks(document)).map((chapter) =>
    chapterPage(chapter, navigation.guide),
  );
}
