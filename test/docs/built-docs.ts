import { pathToFileURL } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { beforeAll } from 'vitest';
import { chooseApi } from '../../scripts/cli/apis.ts';
import { silentStep } from '../../scripts/cli/steps.ts';
import { buildDocs } from '../../scripts/docs/build.ts';
import { type Files, readFiles } from '../../scripts/output/files.ts';
import { replaceFolder } from '../../scripts/output/replace-folder.ts';
import { builtOnce, useBrowser } from '../helpers/shared.ts';

/** The docs of the run, as files of their own and in memory. */
export function useBuiltDocs(): { readonly files: Files; url(address: string): string } {
  let folder = '';
  let files: Files | undefined;
  beforeAll(async () => {
    folder = await builtOnce('docs', async (place) =>
      replaceFolder(place, await buildDocs(chooseApi(), silentStep)),
    );
    files = readFiles(folder);
  });
  return {
    get files() {
      if (!files) throw new Error('The docs are not built yet: use them within a test.');
      return files;
    },
    url: (address) => `${pathToFileURL(folder).href}/${address}`,
  };
}

/** The same, and a browser to look at them. */
export function useDocs(): ReturnType<typeof useBuiltDocs> & { readonly browser: Browser } {
  const browser = useBrowser();
  return Object.defineProperty(useBuiltDocs(), 'browser', { get: browser }) as ReturnType<typeof useDocs>;
}
