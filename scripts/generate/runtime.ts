import { join, posix } from 'node:path';
import { toolchainRoot } from '../cli/project.ts';
import { type Files, readFiles } from '../output/files.ts';

/**
 * The files of the hand-written runtime that the generated files import, directly or not. They are copied, so that
 * generated code imports nothing from scripts/. The others are left out; some of them need a package.
 */
export function readRuntime(generated: Files): Files {
  const all = new Map(
    Array.from(readFiles(join(toolchainRoot, 'scripts/runtime')), ([name, text]) => [
      `runtime/${name}`,
      text,
    ]),
  );
  const needed: Files = new Map();
  const importers = [...generated];
  for (const [importer, text] of importers) {
    for (const [, path = ''] of text.matchAll(/(?:\bfrom |\bimport\()'(\.[^']+)'/g)) {
      const name = posix.join(posix.dirname(importer), path);
      const file = all.get(name);
      if (file === undefined || needed.has(name)) continue;
      needed.set(name, file);
      importers.push([name, file]);
    }
  }
  return new Map([...needed].sort());
}
