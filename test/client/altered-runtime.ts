import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type * as nectar from 'nectar-openapi';

/** What the package exports. */
export type Clients = typeof nectar;

/** One piece of the runtime, and its replacement. */
export interface Change {
  file: string;
  line: string;
  without: string;
}

/** The clients with one piece of their runtime replaced. @throws {Error} if the file does not contain it once */
export async function clientsWithout({ file, line, without }: Change): Promise<Clients> {
  const folder = await mkdtemp(join(tmpdir(), 'nectar-openapi-'));
  const outfile = join(folder, 'clients.mjs');
  let found = 0;
  try {
    await build({
      entryPoints: [join(import.meta.dirname, '../../generated/index.ts')],
      outfile,
      bundle: true,
      format: 'esm',
      plugins: [
        {
          name: 'replace a piece',
          setup({ onLoad }) {
            onLoad({ filter: /runtime.\w[\w-]*\.ts$/ }, async ({ path }) => {
              const contents = await readFile(path, 'utf8');
              if (basename(path) !== file) return { contents, loader: 'ts' };
              found = contents.split(line).length - 1;
              return { contents: contents.replace(line, () => without), loader: 'ts' };
            });
          },
        },
      ],
    });
    if (found !== 1) throw new Error(`"${line}" is ${found} times in ${file}.`);
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
