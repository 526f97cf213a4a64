import { dirname, join } from 'node:path';
import { Failure } from '../../cli/failure.ts';
import { formatFindings } from '../../cli/format-findings.ts';
import { projectRoot } from '../../cli/project.ts';
import { silentStep } from '../../cli/steps.ts';
import { watchPaths } from '../../cli/watch.ts';
import { projectTarget } from '../../generate/target.ts';
import type { Files } from '../../output/files.ts';
import { buildDocs } from '../build.ts';
import { serveFiles } from './serve.ts';

/** Docs that are served until they are closed. */
export interface Preview {
  url: string;
  close(): Promise<void>;
}

/**
 * Serves the docs and brings every browser that shows them up to date when the contract or the docs' own text changes.
 * A change that breaks them is told in the terminal; the browsers keep what they have.
 *
 * @throws {Failure} when the contract has findings to begin with, or the port cannot be used
 */
export async function startPreview(port: number): Promise<Preview> {
  const server = await serveFiles(await build(), port);
  // Beside the contract: the chapters, the samples, the theme.
  const folders = [dirname(projectTarget.spec), join(projectRoot, 'scripts/docs')];
  const watcher = watchPaths(folders, async () => {
    try {
      server.show(await build());
      console.log('The docs show your change.');
    } catch (error) {
      const findings = error instanceof Failure ? error.findings : [];
      console.error(`${formatFindings(findings)}${(error as Error).message}`);
    }
  });
  return {
    url: server.url,
    async close() {
      await watcher.close();
      await server.close();
    },
  };
}

function build(): Promise<Files> {
  return buildDocs(silentStep, { preview: true });
}
