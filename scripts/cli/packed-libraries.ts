import { hash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';
import { cacheFolder, projectRoot } from './project.ts';

/** The libraries that make up most of a run's time, by the file that each is packed into. */
const libraries: Record<string, string> = {
  '@redocly/openapi-core': 'openapi-core',
  'openapi-typescript/dist/lib/ts.mjs': 'openapi-typescript-ast',
  'openapi-typescript/dist/lib/utils.mjs': 'openapi-typescript-utils',
  'openapi-typescript/dist/transform/index.mjs': 'openapi-typescript-transform',
  typescript: 'typescript',
};

/**
 * Lets the imports of `libraries` that follow be served from a packed copy, made once per installation: they consist
 * of 700 modules, and opening and linking each takes longer than the work that is then done with them. Where the copy
 * cannot be made, the libraries load as ever.
 */
export async function usePackedLibraries(): Promise<void> {
  const folder = await packLibraries().catch(() => undefined);
  if (folder === undefined) return;
  registerHooks({
    resolve(specifier, context, next) {
      const name = Object.hasOwn(libraries, specifier) ? libraries[specifier] : undefined;
      if (name === undefined) return next(specifier, context);
      return { url: pathToFileURL(join(folder, `${name}.mjs`)).href, format: 'module', shortCircuit: true };
    },
  });
}

/** The folder with the packed copy for what is installed now; it is made unless it is there. */
async function packLibraries(): Promise<string> {
  // npm's own note of what is installed.
  const installed = readFileSync(join(projectRoot, 'node_modules/.package-lock.json'));
  const folder = join(cacheFolder, 'packed', hash('sha256', installed));
  if (existsSync(folder)) return folder;

  const { build } = await import('esbuild');
  const unfinished = `${folder}.${process.pid}`;
  await build({
    entryPoints: Object.entries(libraries).map(([specifier, name]) => ({ in: specifier, out: name })),
    absWorkingDir: projectRoot,
    outdir: unfinished,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    external: [typeScriptPath],
    plugins: [requireTypeScript],
  });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another run was faster.
    rmSync(unfinished, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

const typeScriptPath = 'typescript/lib/typescript.js';

/**
 * Leaves TypeScript where it is, but loads it with `require`: to import it, Node would first go through its nine
 * megabytes in search of the names that it exports.
 */
const requireTypeScript: Plugin = {
  name: 'require-typescript',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^typescript$/ }, () => ({ path: typeScriptPath, namespace: 'required' }));
    onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};
