import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { toolchainRoot } from '../cli/project.ts';
import { compareFiles } from '../output/changes.ts';
import { type Files, listFiles, readFiles } from '../output/files.ts';
import { type Change, describeSource } from './change.ts';

/** A code sample of the base. */
interface Sample {
  /** The absolute path of the compiled file, with the same line numbers as `source`. */
  file: string;
  /** The path relative to the project. */
  source: string;
}

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
  const samples = [
    ...blocksOf(base, 'README.md', /(?<=```ts\n)[\s\S]*?(?=```)/g),
    // The programs. The other blocks of a chapter can need packages that the base does not have.
    ...listFiles(join(base, 'spec/guide'))
      .filter((name) => name.endsWith('.md'))
      .flatMap((name) => blocksOf(base, `spec/guide/${name}`, /(?<=^```ts \S+\n)[\s\S]*?(?=```)/gm)),
  ];
  const program = ts.createProgram(
    samples.map(({ file }) => file),
    compilerOptions(base, clientFolder),
  );
  return groupByText(samples.flatMap((sample) => findErrors(program, sample)));
}

/** The `ts` blocks of a text that match, each in a file with the same line numbers. */
function blocksOf(base: string, source: string, pattern: RegExp): Sample[] {
  const path = join(base, source);
  if (!existsSync(path)) return [];
  return Array.from(readFileSync(path, 'utf8').matchAll(pattern), (block) => {
    const linesBefore = block.input.slice(0, block.index).replace(/[^\n]/g, '');
    const file = join(base, `.${source.replace(/\W/g, '-')}-${linesBefore.length + 1}.mts`);
    writeFileSync(file, linesBefore + block[0]);
    return { file, source };
  });
}

/** The compiler options of the base. */
function compilerOptions(base: string, client: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(base, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config?.compilerOptions, base);
  const { name = '' } = ts.readConfigFile(join(base, 'package.json'), ts.sys.readFile).config ?? {};
  return {
    ...options,
    paths: {
      [name]: [join(client, 'index.ts')],
      [`${name}/webhooks`]: [join(client, 'webhooks.ts')],
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
