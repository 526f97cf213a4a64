import { Failure } from '../../cli/failure.ts';
import { formatFindings } from '../../cli/format-findings.ts';
import { silentStep } from '../../cli/steps.ts';
import { projectTarget } from '../../generate/target.ts';
import { buildDocs } from '../build.ts';
import { servePage } from './serve.ts';
import { watchContract } from './watch.ts';

/** Docs that are served until they are closed. */
export interface Preview {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves the docs of the contract and brings every browser that shows them up to date when it changes. A change that
 * breaks the contract is told in the terminal; the browsers keep what they have.
 *
 * @throws {Failure} when the contract has findings to begin with, or the port cannot be used
 */
export async function startPreview(port: number): Promise<Preview> {
  const server = await servePage(await buildPage(), port);
  const watcher = watchContract(projectTarget.spec, async () => {
    try {
      server.show(await buildPage());
      console.log('The contract has changed: the docs show it now.');
    } catch (error) {
      const findings = error instanceof Failure ? error.findings : [];
      console.error(`${formatFindings(findings)}${(error as Error).message}`);
    }
  });
  return {
    url: server.url,
    async close() {
      watcher.close();
      await server.close();
    },
  };
}

async function buildPage(): Promise<string> {
  const files = await buildDocs(silentStep, { preview: true });
  return files.get('index.html') ?? '';
}
