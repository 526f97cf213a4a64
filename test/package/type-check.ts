import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Consumer, run } from './consumer.ts';

/** How a user's TypeScript finds the package, each with the platform that it is mostly used for. */
export const resolutions = {
  // A server: Node's types and not those of the DOM.
  nodenext: { module: 'nodenext', lib: ['ES2022'], types: ['node'] },
  // A page: the other way round.
  bundler: { module: 'esnext', lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: [] },
};

/**
 * Compiles the TypeScript of a project, the declarations of the package and of its dependencies included.
 *
 * @param compiler folder of a `typescript` package
 */
export async function typeCheck(
  { root }: Consumer,
  compiler: string,
  resolution: keyof typeof resolutions,
): Promise<void> {
  const compilerOptions = {
    ...resolutions[resolution],
    moduleResolution: resolution,
    target: 'ES2022',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    noEmit: true,
  };
  const files = readdirSync(root).filter((name) => {
    if (!/\.m?ts$/.test(name)) return false;
    return resolution === 'nodenext' || !/from 'node:/.test(readFileSync(join(root, name), 'utf8'));
  });
  const config = `tsconfig.${resolution}.json`;
  writeFileSync(join(root, config), JSON.stringify({ compilerOptions, files }));
  await run(process.execPath, [join(compiler, 'bin/tsc'), '--project', config], root);
}
