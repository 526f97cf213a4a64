import type { RunStep } from '../cli/steps.ts';
import { projectTarget } from '../generate/target.ts';
import type { Files } from '../output/files.ts';
import { listCases } from './cases.ts';
import { addChapters } from './chapters.ts';
import { writeLlms } from './markdown/llms.ts';
import { type Described, writeReference } from './markdown/reference.ts';
import { completePage, type PageOptions } from './page.ts';
import { showProvenance } from './provenance.ts';
import { readContract } from './read-contract.ts';
import { renderPage } from './redoc.ts';
import { addSamples } from './samples.ts';
import { orderSchemas } from './schemas.ts';

/**
 * The docs of the contract as it is now, in memory.
 *
 * They are made from spec/ and not from generated/, so that they can never tell of an older contract than the one that
 * lies there, and need no run of gen before.
 *
 * @throws {Failure} when the contract has findings
 */
export async function buildDocs(step: RunStep, options: PageOptions = {}): Promise<Files> {
  const document = await step('contract', () => readContract(projectTarget));
  const marked = showProvenance(document);
  const page = await step('render', () =>
    renderPage(addChapters(addSamples(listCases(orderSchemas(marked))))),
  );
  return new Map([
    ['index.html', completePage(page, options)],
    ['reference.md', writeReference(marked as Described)],
    ['llms.txt', writeLlms(marked as Described)],
  ]);
}
