import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, type Metafile, type OutputFile } from 'esbuild';
import ts from 'typescript';
import manifest from '../../package.json' with { type: 'json' };
import { toolchainRoot } from '../cli/project.ts';
import { builtAssets, writeScript, writeStyles } from '../docs/site/assets.ts';
import { type Files, listFiles } from '../output/files.ts';

/** What is installed beside the bundle: programs that are started, and libraries too large or too old to be bundled. */
const dependencies = [
  '@redocly/cli',
  '@stoplight/prism-cli',
  '@stoplight/prism-http-server',
  'typescript',
] as const;

/** Files that commands read as they are. */
const read = [
  ...listFiles(join(toolchainRoot, 'scripts/runtime')).map((name) => `scripts/runtime/${name}`),
  'scripts/diff/redocly.yaml',
  'scripts/docs/reference/template.hbs',
  'LICENSE',
];

/** The files of the package `openapi-once`: the commands and the API as JavaScript for Node 20 and later. */
export async function buildToolchain(): Promise<Files> {
  const { outputFiles, metafile } = await build({
    entryPoints: ['scripts/openapi-once.ts', 'scripts/api.ts'],
    absWorkingDir: toolchainRoot,
    outdir: 'dist/openapi-once/dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    chunkNames: '[name]-[hash]',
    alias: { typescript: './scripts/build/typescript.ts' },
    external: [...dependencies.filter((name) => name !== 'typescript'), 'esbuild'],
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  return new Map([
    ...outputFiles.map(({ path, text }: OutputFile): [string, string] => [
      relative(join(toolchainRoot, 'dist/openapi-once'), path),
      text,
    ]),
    ...read.map((name): [string, string] => [name, readFileSync(join(toolchainRoot, name), 'utf8')]),
    ...declarationsOf('api.ts'),
    [builtAssets.styles, await writeStyles()],
    [builtAssets.script, await writeScript()],
    ['x-client.schema.json', readFileSync(join(toolchainRoot, 'scripts/cli/x-client.schema.json'), 'utf8')],
    ['package.json', `${JSON.stringify(describePackage(), null, 2)}\n`],
    ['README.md', readFileSync(join(toolchainRoot, 'scripts/build/openapi-once.md'), 'utf8')],
    ['THIRD-PARTY.md', listLicences(metafile)],
  ]);
}

/** The declarations of a file of scripts/, and of those whose types it uses. */
function declarationsOf(entry: string): Files {
  const declarations: Files = new Map();
  const names = new Set([entry]);
  for (const name of names) {
    const text = readFileSync(join(toolchainRoot, 'scripts', name), 'utf8');
    const { outputText } = ts.transpileDeclaration(text, { fileName: name });
    for (const [, path = ''] of outputText.matchAll(/ from '(\..*)'/g)) names.add(join(dirname(name), path));
    declarations.set(
      join('types', name.replace(/\.ts$/, '.d.ts')),
      outputText.replaceAll(/(?<= from '\..*)\.ts(?=')/g, '.js'),
    );
  }
  return declarations;
}

function describePackage(): object {
  const { version, license, author, engines, devDependencies } = manifest;
  // npm needs it for the provenance of a package.
  const { repository } = manifest as { repository?: unknown };
  return {
    name: 'openapi-once',
    version,
    description:
      'Lint, bundle, types, clients, mock, docs and diff of OpenAPI documents, by one command line',
    license,
    author,
    ...(repository !== undefined && { repository }),
    type: 'module',
    bin: { 'openapi-once': 'dist/openapi-once.js' },
    exports: {
      '.': { types: './types/api.d.ts', default: './dist/api.js' },
      './x-client.schema.json': './x-client.schema.json',
      './package.json': './package.json',
    },
    engines,
    dependencies: Object.fromEntries(dependencies.map((name) => [name, devDependencies[name]])),
  };
}

/** The licences of what is bundled, as these require. */
function listLicences({ inputs }: Metafile): string {
  const packages = new Set(
    Object.keys(inputs).flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  const parts = [...packages].sort().map((path) => {
    const folder = join(toolchainRoot, path);
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    const text =
      file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : '';
    return `## ${name} ${version} (${license})\n\n${text.replaceAll(/^/gm, '    ')}\n`;
  });
  return `# What the code in dist/ contains\n\n${parts.join('\n')}`;
}
