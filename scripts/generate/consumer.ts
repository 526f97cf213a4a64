import { dirname, relative } from 'node:path';
import ts from 'typescript';
import type { Extension } from '../cli/apis.ts';

/** The project that the output is part of, by the tsconfig.json that governs its folder. */
export interface Consumer {
  extension: Extension;
  /** What the project has to change so that the output compiles there. */
  needs: string[];
  /** The files that decide it, some of which may not exist. */
  sources: string[];
}

/** Reads which extension the imports of the output need. Without a tsconfig.json: `ts`, as Node, Deno and Bun resolve. */
export function readConsumer(out: string): Consumer {
  const sources = new Set<string>();
  const note = <Value>(read: (file: string) => Value) => {
    return (file: string) => {
      sources.add(file);
      return read(file);
    };
  };
  const host: ts.ParseConfigHost = {
    fileExists: note(ts.sys.fileExists),
    readFile: note(ts.sys.readFile),
    // The options are enough; a project can have many files.
    readDirectory: () => [],
    useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
  };
  const file = ts.findConfigFile(out, host.fileExists);
  if (file === undefined) return { extension: 'ts', needs: [], sources: [...sources] };
  const { options } = findConfig(file, out, host);
  const manifest = ts.findConfigFile(out, host.fileExists, 'package.json');
  const { type } = manifest === undefined ? {} : (ts.readConfigFile(manifest, host.readFile).config ?? {});
  return { extension: extensionFor(options), needs: needsOf(options, type), sources: [...sources] };
}

/** A tsconfig.json can consist of references to others, one of which includes the folder. */
function findConfig(
  file: string,
  out: string,
  host: ts.ParseConfigHost,
  above: string[] = [],
): ts.ParsedCommandLine {
  const { config } = ts.readConfigFile(file, host.readFile);
  const parsed = ts.parseJsonConfigFileContent(config ?? {}, host, dirname(file), undefined, file);
  const { projectReferences = [] } = parsed;
  if (includes(parsed, out) || projectReferences.length === 0) return parsed;
  const others = projectReferences
    .map((each) => ts.resolveProjectReferencePath(each))
    .filter((each) => each !== file && !above.includes(each))
    .map((each) => findConfig(each, out, host, [...above, file]));
  return others.find((each) => includes(each, out)) ?? others[0] ?? parsed;
}

function includes({ wildcardDirectories = {} }: ts.ParsedCommandLine, out: string): boolean {
  return Object.keys(wildcardDirectories).some((folder) => !relative(folder, out).startsWith('..'));
}

function extensionFor(options: ts.CompilerOptions): Extension {
  const { allowImportingTsExtensions, rewriteRelativeImportExtensions, moduleResolution } = options;
  if (allowImportingTsExtensions || rewriteRelativeImportExtensions) return 'ts';
  const { Node16, NodeNext } = ts.ModuleResolutionKind;
  const byNode = moduleResolution ? [Node16, NodeNext].includes(moduleResolution) : isNode(options);
  return byNode ? 'js' : 'none';
}

function isNode({ module = ts.ModuleKind.CommonJS }: ts.CompilerOptions): boolean {
  return module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext;
}

/** @param type that of the package.json */
function needsOf(options: ts.CompilerOptions, type: unknown): string[] {
  const { target = ts.ScriptTarget.ES5, verbatimModuleSyntax, module = ts.ModuleKind.CommonJS } = options;
  const lib = options.lib?.map((name) => name.replace(/^.*lib\.|\.d\.ts$/g, ''));
  const recent = lib
    ? lib.some((name) => /^es(20(2[2-9]|[3-9])|next)/.test(name))
    : target >= ts.ScriptTarget.ES2022;
  const has = (name: string) => lib === undefined || lib.includes(name);
  const missing = [
    ...(recent ? [] : ['"ES2022"']),
    ...(has('dom') || has('webworker') ? [] : ['"DOM"']),
    ...(has('dom.iterable') || has('webworker.iterable') ? [] : ['"DOM.Iterable"']),
  ];
  const asModules = isNode(options) ? type === 'module' : module !== ts.ModuleKind.CommonJS;
  return [
    ...(missing.length > 0 ? [`${missing.join(', ')} in "lib" of its tsconfig.json`] : []),
    ...(verbatimModuleSyntax && !asModules ? ['"type": "module" in its package.json'] : []),
  ];
}
