import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import { chooseApis, targetOf } from '../cli/apis.ts';
import { Failure } from '../cli/failure.ts';
import { wrongCall } from '../cli/flags.ts';
import { runCommand } from '../cli/run-command.ts';
import { findContracts, nameFor } from './find-contract.ts';
import { contract, roundTripTest, settings, workflow } from './templates.ts';

const command = {
  call: 'npx openapi-once init',
  about:
    'Sets up a project in this folder: redocly.yaml, a small contract if there is none, scripts, a test of every operation through Prism, and a workflow for CI. Never overwrites a file; in package.json, adds only what is missing. Then installs what the scripts need.',
  operands: '[FILE]',
  flags: { 'no-install': { about: 'do not run npm install at the end' } },
  examples: ['npx openapi-once init', 'npx openapi-once init api/openapi.yaml'],
  exitCodes: { 0: 'The project is set up.', 1: 'It could not be set up: the message says why.' },
} as const;

/** `npx openapi-once init`, with the arguments that follow it. */
export async function init(args: readonly string[]): Promise<void> {
  await runCommand(command, args, async ({ 'no-install': noInstall }, files) => {
    const folder = process.cwd();
    if (files.length > 1) throw wrongCall('Name one file: the first of the contract.');
    if (!existsSync(join(folder, 'redocly.yaml'))) setUpContract(folder, files[0]);
    const apis = chooseApis().map(targetOf);
    for (const { name, out } of apis) {
      const isOnly = apis.length === 1;
      const test = isOnly ? 'test/round-trip.test.ts' : `test/round-trip-${name}.test.ts`;
      const client = relative(join(folder, 'test'), out).replaceAll(sep, posix.sep);
      write(folder, test, roundTripTest(isOnly ? undefined : name, client));
    }
    write(folder, '.github/workflows/ci.yml', workflow);
    write(folder, '.gitignore', 'node_modules/\ndist/\n');
    completeManifest(join(folder, 'package.json'));
    if (!noInstall) await install(folder);
    console.log('Next: npm run gen && npm test');
  });
}

/** Writes redocly.yaml and, unless there is a contract, the contract. */
function setUpContract(folder: string, named: string | undefined): void {
  if (named !== undefined && !existsSync(join(folder, named)))
    throw new Failure(`There is no file ${named}. Name the first file of the contract.`);
  const found = named === undefined ? findContracts(folder) : [named];
  if (found.length > 1)
    throw new Failure(
      `There are several OpenAPI documents: ${found.join(', ')}. Name one: npx openapi-once init ${found[0]}`,
    );
  const [root = 'spec/openapi.yaml'] = found;
  if (found.length === 0) write(folder, root, contract);
  const name = nameFor(readFileSync(join(folder, root), 'utf8'));
  // A contract that exists may break rules that this project has not chosen.
  write(folder, 'redocly.yaml', settings(name, root, found.length === 0 ? 'recommended' : 'minimal'));
}

function write(folder: string, path: string, text: string): void {
  const file = join(folder, path);
  if (existsSync(file)) {
    console.log(`  kept     ${path}`);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`  created  ${path}`);
}

const commands = ['gen', 'lint', 'mock', 'docs', 'docs:preview', 'diff', 'verify', 'new'];

const placeholder = 'echo "Error: no test specified" && exit 1';

/** Adds the scripts and packages that package.json does not have. */
function completeManifest(file: string): void {
  const exists = existsSync(file);
  const text = exists ? readFileSync(file, 'utf8') : '';
  const existing: Manifest = exists ? parse(text, file) : { private: true, type: 'module' };
  const { scripts = {}, dependencies = {}, devDependencies = {} } = existing;
  const given = { ...dependencies, ...devDependencies };
  const missing = (wanted: Record<string, string>, has: Record<string, string>) =>
    Object.fromEntries(Object.entries(wanted).filter(([name]) => has[name] === undefined));
  const { test, ...others } = scripts;
  const wanted = {
    ...Object.fromEntries(commands.map((name) => [name, `openapi-once ${name}`])),
    test: 'vitest run',
  };
  const complete = {
    ...existing,
    scripts: {
      ...scripts,
      // npm writes the placeholder where nobody has written a test.
      ...missing(wanted, test === placeholder ? others : scripts),
    },
    dependencies: {
      ...dependencies,
      ...missing({ 'openapi-fetch': manifest.dependencies['openapi-fetch'] }, given),
    },
    devDependencies: {
      ...devDependencies,
      ...missing({ 'openapi-once': `^${manifest.version}`, vitest: '^4.1.12' }, given),
    },
  };
  const indentation = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
  writeFileSync(file, `${JSON.stringify(complete, null, indentation)}\n`);
  console.log(`  ${exists ? 'completed' : 'created '} package.json`);
}

interface Manifest {
  private?: boolean;
  type?: string;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

function parse(text: string, file: string): Manifest {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`${file} is not valid JSON: ${(error as Error).message}. Fix it, and run init again.`);
  }
}

async function install(folder: string): Promise<void> {
  try {
    const isWindows = process.platform === 'win32';
    await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund'], {
      cwd: folder,
      shell: isWindows,
    });
    console.log('  installed the packages of package.json');
  } catch (error) {
    throw new Failure(`The files are written, but \`npm install\` failed:\n${(error as Error).message}`);
  }
}
