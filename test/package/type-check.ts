import { readdirSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import ts from 'typescript';
import { type Consumer, run } from './consumer.ts';

/** How a user's TypeScript finds the package, each with the platform that it is mostly used for. */
const platforms = {
  // A server: Node's types and not those of the DOM.
  nodenext: { module: 'nodenext', lib: ['ES2022'], types: ['node'] },
  // A page: the other way round. The programs of the docs are compiled for a server alone.
  bundler: { module: 'esnext', lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: [] },
};

export type Resolution = keyof typeof platforms;

export const resolutions = Object.keys(platforms) as Resolution[];

/**
 * Compiles the TypeScript of a project, every declaration included.
 *
 * @param compiler folder of a `typescript` package
 */
export async function typeCheck(consumer: Consumer, compiler: string, resolution: Resolution): Promise<void> {
  const config = writeConfig(consumer, resolution);
  await run(process.execPath, [join(compiler, 'bin/tsc'), '--project', config], consumer.root);
}

/** Does the same with our own TypeScript, but leaves out the declarations of others, which take most of the time. */
export function findTypeErrors(consumer: Consumer, resolution: Resolution): string[] {
  const { root } = consumer;
  const { config } = ts.readConfigFile(writeConfig(consumer, resolution), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(fileNames, options);
  // The dependencies are links to where they are really installed.
  const files = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(root + sep));
  return files
    .flatMap((file) => ts.getPreEmitDiagnostics(program, file))
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
}

function writeConfig({ root }: Consumer, resolution: Resolution): string {
  const compilerOptions = {
    ...platforms[resolution],
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
    return resolution === 'nodenext' || name === 'types.ts';
  });
  const config = join(root, `tsconfig.${resolution}.json`);
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  return config;
}
