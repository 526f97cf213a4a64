import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { toolchainRoot } from '../cli/project.ts';
import { compareFiles } from '../output/changes.ts';
import { type Files, readFiles } from '../output/files.ts';
import { type Change, describeSource } from './change.ts';

/** A code sample of the base. */
interface Sample {
  /** The absolute path of the compiled file, with the same line numbers as `source`. */
  file: string;
  /** The path relative to the project. */
  source: string;
}

const samplesFolder = 'spec/guide/samples';

/**
 * Compiles the code samples of the base, from its README and docs, with another client. Each error is a breaking
 * change.
 *
 * @param base root of the base, below a node_modules/ with the packages that the client needs
 * @param client the files of the generated client
 */
export function checkSamples(base: string, client: Files): Change[] {
  const changed = compareFiles(readFiles(join(base, 'generated')), client);
  if (changed.every(({ name }) => !name.endsWith('.ts'))) return [];
  const clientFolder = join(base, '.client');
  for (const [name, text] of client) {
    mkdirSync(join(clientFolder, name, '..'), { recursive: true });
    writeFileSync(join(clientFolder, name), text);
  }
  const samples = [...readmeSamples(base), ...docsSamples(base)];
  const program = ts.createProgram(
    samples.map(({ file }) => file),
    compilerOptions(base, clientFolder),
  );
  return groupByText(samples.flatMap((sample) => findErrors(program, sample)));
}

/** The `ts` blocks of the README, each in a file with the same line numbers. */
function readmeSamples(base: string): Sample[] {
  const readme = join(base, 'README.md');
  if (!existsSync(readme)) return [];
  return Array.from(readFileSync(readme, 'utf8').matchAll(/(?<=```ts\n)[\s\S]*?(?=```)/g), (block) => {
    const linesBefore = block.input.slice(0, block.index).replace(/[^\n]/g, '');
    const file = join(base, `.readme-${linesBefore.length + 1}.mts`);
    writeFileSync(file, linesBefore + block[0]);
    return { file, source: 'README.md' };
  });
}

function docsSamples(base: string): Sample[] {
  const folder = join(base, samplesFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ file: join(folder, name), source: `${samplesFolder}/${name}` }));
}

/** The compiler options of the base. */
function compilerOptions(base: string, client: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(base, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config?.compilerOptions, base);
  return {
    ...options,
    paths: {
      'nectar-openapi': [join(client, 'index.ts')],
      'nectar-openapi/webhooks': [join(client, 'webhooks.ts')],
    },
    typeRoots: [join(toolchainRoot, 'node_modules/@types')],
  };
}

interface SampleError {
  text: string;
  source: string;
}

function findErrors(program: ts.Program, { file, source }: Sample): SampleError[] {
  const sourceFile = program.getSourceFile(file);
  return program.getSemanticDiagnostics(sourceFile).map(({ start = 0, messageText }) => {
    const line = (sourceFile?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
    const text = ts.flattenDiagnosticMessageText(messageText, ' ');
    return { text, source: describeSource({ file: source, line, removed: true }) };
  });
}

function groupByText(errors: readonly SampleError[]): Change[] {
  return [...new Set(errors.map(({ text }) => text))].map((text) => ({
    bump: 'major',
    affects: 'both',
    places: [],
    sources: errors.filter((error) => error.text === text).map(({ source }) => source),
    text: `Callers no longer compile: ${text}`,
  }));
}
