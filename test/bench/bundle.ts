import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build } from 'esbuild';
import { toolchainRoot } from '../../scripts/cli/project.ts';

/** What a page loads for a program. */
export interface Bundle {
  text: string;
  /** After gzip -9. */
  bytes: number;
  /** Paths of the modules that are in it. */
  modules: string[];
}

/**
 * Bundles a program as a page would get it: minified, in one piece.
 *
 * @param folder where its imports start. Packages that are not installed there come from this project.
 */
export async function bundleCall(
  program: string,
  folder: string,
  options: BuildOptions = {},
): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: folder, loader: 'ts' },
    absWorkingDir: folder,
    nodePaths: [join(toolchainRoot, 'node_modules')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    metafile: true,
    ...options,
    write: false,
  });
  const [output] = outputFiles ?? [];
  const [inputs = {}] = Object.values(metafile?.outputs ?? {}).map((each) => each.inputs);
  return {
    text: output?.text ?? '',
    bytes: gzipSync(output?.contents ?? '', { level: 9 }).length,
    modules: Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  };
}
