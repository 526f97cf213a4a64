import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The platform's types, the libraries' and the runtime are the same for each program. */
const libraries = new Map<string, ts.SourceFile | undefined>();

/** Files that an earlier program has checked, by their place, or by their text alone where they are of the runtime. */
const checked = new Set<string>();

/** The compiler at its strictest, with the types of browsers alone. */
export const strictest: ts.CompilerOptions = {
  module: ts.ModuleKind.Preserve,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  paths: {
    'openapi-fetch': [join(root, 'node_modules/openapi-fetch/dist/index.d.mts')],
    standardwebhooks: [join(root, 'node_modules/standardwebhooks/dist/index.d.ts')],
  },
  allowImportingTsExtensions: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  strict: true,
  types: [],
};

/** An ordinary project, with what linters would find: as most that the output is put into, or stricter. */
export const ordinary: ts.CompilerOptions = {
  ...strictest,
  allowImportingTsExtensions: false,
  module: ts.ModuleKind.NodeNext,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  target: ts.ScriptTarget.ES2017,
  verbatimModuleSyntax: true,
};

/** What the compiler has to say of these files, and of those that they import and no earlier program has checked. */
export function compile(files: string[], options = strictest): string[] {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, ...rest) => {
    if (!/\/(node_modules|runtime)\//.test(name)) return getSourceFile(name, ...rest);
    if (!libraries.has(name)) libraries.set(name, getSourceFile(name, ...rest));
    return libraries.get(name);
  };
  const program = ts.createProgram(files, options, host);
  const imported = program.getSourceFiles().filter((file) => {
    const key = /\/runtime\//.test(file.fileName) ? file.text : `${file.fileName} ${file.text}`;
    const isNew = !checked.has(key) && !program.isSourceFileDefaultLibrary(file) && !file.isDeclarationFile;
    checked.add(key);
    return isNew && !files.includes(file.fileName);
  });
  const roots = files.map((file) => program.getSourceFile(file));
  const findings = [
    ...program.getOptionsDiagnostics(),
    ...program.getGlobalDiagnostics(),
    ...[...roots, ...imported].flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]),
  ];
  return findings.map(({ file, messageText, start = 0 }) => {
    const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
}
