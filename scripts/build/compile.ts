import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { Failure } from '../cli/failure.ts';
import { toolchainRoot } from '../cli/project.ts';
import { runTool } from '../cli/run-tool.ts';
import { type Files, readFiles } from '../output/files.ts';

/**
 * Compiles the package: modules, declarations and source maps of all of `generated/`, of what else package.json exports,
 * and of what these import; and the bundled contract.
 *
 * @throws {Failure} with the compiler's messages
 */
export async function compilePackage(): Promise<Files> {
  // Next to its final place, because source maps name their sources by relative path.
  const dist = join(toolchainRoot, 'dist');
  mkdirSync(dist, { recursive: true });
  const outDir = mkdtempSync(join(dist, '.esm-'));
  const config = join(outDir, 'tsconfig.json');
  const entries = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === 'string' ? [] : entry.default.replace(/^\.\/dist\/esm\/(.*)\.js$/, '$1.ts'),
  );
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(toolchainRoot, 'scripts/build/tsconfig.json'),
      compilerOptions: { outDir },
      include: ['generated', ...entries].map((path) => join(toolchainRoot, path)),
    }),
  );
  try {
    const { passed, output } = await runTool('typescript/lib/tsc.js', ['--project', config]);
    rmSync(config);
    if (!passed) throw new Failure(`${output}The client does not compile. Nothing was written.`);
    const files = readFiles(outDir);
    return files.set('openapi.yaml', readFileSync(join(toolchainRoot, 'generated/openapi.yaml'), 'utf8'));
  } finally {
    rmSync(outDir, { recursive: true });
  }
}
