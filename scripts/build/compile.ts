import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../cli/failure.ts';
import { toolchainRoot } from '../cli/project.ts';
import { runTool } from '../cli/run-tool.ts';
import { type Files, readFiles } from '../output/files.ts';

const config = join(toolchainRoot, 'tsconfig.package.json');

/**
 * Compiles the package: modules, declarations and source maps of the client, and the bundled contract.
 *
 * @throws {Failure} with the compiler's messages
 */
export async function compilePackage(): Promise<Files> {
  // Next to its final place, because source maps name their sources by relative path.
  const dist = join(toolchainRoot, 'dist');
  mkdirSync(dist, { recursive: true });
  const outDir = mkdtempSync(join(dist, '.esm-'));
  try {
    const { passed, output } = await runTool('typescript/lib/tsc.js', [
      '--project',
      config,
      '--outDir',
      outDir,
    ]);
    if (!passed) throw new Failure(`${output}The client does not compile. Nothing was written.`);
    const files = readFiles(outDir);
    return files.set('openapi.yaml', readFileSync(join(toolchainRoot, 'generated/openapi.yaml'), 'utf8'));
  } finally {
    rmSync(outDir, { recursive: true });
  }
}
