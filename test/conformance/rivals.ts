import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { installRivals, rival } from '../bench/rivals.ts';
import { compile, strictest } from '../generator/compile.ts';
import { contractsBelow, type PublishedContract } from './contracts.ts';

/**
 * Prints what other generators make of the contracts in a folder, for the table in board.md:
 *
 *     node test/conformance/rivals.ts FOLDER [NAME...]
 *
 * Their output is compiled under `strict` alone, which is less than ours is held to.
 */

/** Milliseconds for one run of a generator. */
const patience = 120_000;

type Generator = (contract: string, out: string) => [file: string, ...args: string[]];

const generators: Record<string, Generator> = {
  'hey-api': (contract, out) => [rival('@hey-api/openapi-ts/bin/run.js'), '-i', contract, '-o', out],
  orval: (contract, out) => [
    rival('orval/dist/bin/orval.mjs'),
    ...['--input', contract, '--output', join(out, 'client.ts'), '--client', 'fetch'],
  ],
  Redocly: (contract, out) => [
    join(toolchainRoot, 'node_modules/@redocly/cli/bin/cli.js'),
    ...['generate-client', contract, '-o', join(out, 'client.ts')],
  ],
};

/** `compiles`, `213 compile errors`, or `no output`. */
async function assess(generator: Generator, { file }: PublishedContract, folder: string): Promise<string> {
  const out = mkdtempSync(join(folder, 'out-'));
  await run(generator(file, out), dirname(file));
  const files = globSync('**/*.ts', { cwd: out }).map((name) => join(out, name));
  if (files.length === 0) return 'no output';
  const options = { ...strictest, exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false };
  const errors = compile(files, options).length;
  rmSync(out, { recursive: true });
  return errors === 0 ? 'compiles' : `${errors} compile ${errors === 1 ? 'error' : 'errors'}`;
}

/** A generator that fails has written nothing, or not all: what it has written tells. */
function run([file, ...args]: [string, ...string[]], cwd: string): Promise<void> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [file, ...args], {
      cwd,
      stdio: 'ignore',
      timeout: patience,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    });
    child.on('close', () => done());
  });
}

const [root = '.', ...names] = process.argv.slice(2);
installRivals();
const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-rivals-'));
symlinkSync(rival('..'), join(folder, 'node_modules'));
const contracts = contractsBelow(resolve(root)).filter(
  ({ file }) => names.length === 0 || names.includes(relative(resolve(root), file).split('/')[0] ?? ''),
);
console.log(
  `| contract | ${Object.keys(generators).join(' | ')} |\n|---|${'---|'.repeat(Object.keys(generators).length)}`,
);
for (const contract of contracts) {
  const cells: string[] = [];
  for (const generator of Object.values(generators)) cells.push(await assess(generator, contract, folder));
  console.log(`| ${relative(resolve(root), contract.file).split('/')[0]} | ${cells.join(' | ')} |`);
}
rmSync(folder, { recursive: true, force: true });
