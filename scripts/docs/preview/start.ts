import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Api } from '../../cli/apis.ts';
import { Failure } from '../../cli/failure.ts';
import { formatFindings } from '../../cli/format-findings.ts';
import { toolchainRoot } from '../../cli/project.ts';
import { silentStep } from '../../cli/steps.ts';
import { watchPaths } from '../../cli/watch.ts';
import { buildDocs } from '../build.ts';
import { waitingPage } from './reload-script.ts';
import { serveFiles } from './serve.ts';

/** A running preview. */
export interface Preview {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves the docs and updates every browser that shows them when the contract or the text of the docs changes. An error
 * is shown in the terminal and in the browsers, which show the docs again after a fix.
 *
 * @throws {Failure} if the port cannot be used
 */
export async function startPreview(api: Api, port: number): Promise<Preview> {
  const server = await serveFiles(new Map([['index.html', waitingPage]]), port);
  const update = async () => {
    try {
      server.show(await buildDocs(api, silentStep, true));
      return true;
    } catch (error) {
      const findings = error instanceof Failure ? error.findings : [];
      const text = `${formatFindings(findings)}${(error as Error).message}`;
      console.error(text);
      server.showFault(stripVTControlCharacters(text));
      return false;
    }
  };
  await update();
  // In addition to the contract: the chapters, the programs, the styles.
  const folders = [dirname(api.spec), join(toolchainRoot, 'scripts/docs')];
  const watcher = watchPaths(folders, async () => {
    if (await update()) console.log('The docs show your change.');
  });
  return {
    url: server.url,
    async close() {
      await watcher.close();
      await server.close();
    },
  };
}
