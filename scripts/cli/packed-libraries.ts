import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { threadId } from 'node:worker_threads';
import type { Plugin } from 'esbuild';
import { cacheFolder, toolchainRoot } from './project.ts';

/** The libraries that take most of the load time, by the file that each is packed into. */
const libraries: Record<string, string> = {
  '@redocly/openapi-core': 'openapi-core',
  'openapi-typescript/dist/lib/ts.mjs': 'openapi-typescript-ast',
  'openapi-typescript/dist/lib/utils.mjs': 'openapi-typescript-utils',
  'openapi-typescript/dist/transform/index.mjs': 'openapi-typescript-transform',
  'openapi-typescript/dist/transform/schema-object.mjs': 'openapi-typescript-schema-object',
  typescript: 'typescript',
};

/**
 * Resolves later imports of `libraries` to a packed copy, which is created once per installation: to open and link
 * their 700 modules takes a fifth of the time of `npm run gen`. If the copy cannot be created, the libraries load as
 * usual.
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

/** The folder with the packed copy of the installed versions. Creates it if necessary. */
async function packLibraries(): Promise<string> {
  // The list of what npm has installed, and the code that packs it.
  const sources = [join(toolchainRoot, 'node_modules/.package-lock.json'), import.meta.filename];
  const key = hash('sha256', sources.map((file) => readFileSync(file, 'utf8')).join(''));
  const all = join(cacheFolder, 'packed');
  mkdirSync(all, { recursive: true });
  // The real path: the packages that are left in place are found relative to it.
  const folder = join(realpathSync(all), key);
  if (existsSync(folder)) return folder;

  const { build } = await import('esbuild');
  const unfinished = `${folder}.${process.pid}.${threadId}`;
  await build({
    entryPoints: Object.entries(libraries).map(([specifier, name]) => ({ in: specifier, out: name })),
    absWorkingDir: toolchainRoot,
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
    plugins: [leaveInPlace],
  });
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another run has created it in the meantime.
    rmSync(unfinished, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/**
 * Leaves some packages in place and loads them with `require`. TypeScript, because Node would search its nine megabytes
 * for the names of its exports before an import. The others, because they load only when used, which is rare: `graphql`
 * for contracts in GraphQL, and `https-proxy-agent`, which loads Node's whole network stack, for downloads through a
 * proxy.
 */
const leaveInPlace: Plugin = {
  name: 'leave-in-place',
  setup({ onResolve, onLoad, resolve, initialOptions: { outdir = '' } }) {
    const namespace = 'in-place';
    onResolve({ filter: /^(typescript|graphql|https-proxy-agent)$/ }, async ({ path, kind, ...from }) => {
      if (from.pluginData === namespace) return undefined;
      const found = await resolve(path, { kind, resolveDir: from.resolveDir, pluginData: namespace });
      return { path: found.path, namespace, pluginData: path };
    });
    onResolve({ filter: /.*/, namespace }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace }, ({ path, pluginData: name }) => {
      // Relative, so that the project can be moved.
      const load = `require(${JSON.stringify(relative(outdir, path).replaceAll(sep, '/'))})`;
      if (name === 'typescript') return { contents: `export default ${load};` };
      const exported = Object.keys(createRequire(import.meta.url)(path)).filter((each) => /^\w+$/.test(each));
      return {
        contents: `module.exports = { ${exported.map((each) => `get ${each}() { return ${load}.${each}; }`)} };`,
      };
    });
  },
};
