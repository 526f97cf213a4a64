import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Failure } from '../../scripts/cli/failure.ts';
import { cacheFolder, toolchainRoot } from '../../scripts/cli/project.ts';
import { runCommand } from '../../scripts/cli/run-command.ts';
import { startMock } from '../../scripts/mock/start.ts';
import { runInChromium, runInWorkerd } from './bundled.ts';
import { Consumer, pack, run } from './consumer.ts';
import { type CutServer, startCutServer } from './cut-server.ts';
import { writePrograms } from './programs.ts';
import { printTable, type Row, type Use, verdictOn } from './runtimes-table.ts';
import { resolutions, typeCheck } from './type-check.ts';

const manifest = join(import.meta.dirname, 'runtimes.json');
const runtimes = join(cacheFolder(), 'runtimes');
const versions: Record<string, string> = JSON.parse(readFileSync(manifest, 'utf8')).dependencies;

/** For the programs of the docs, none of which may find its way to the service. */
const docsEnvironment = {
  NECTAR_API_KEY: 'any',
  NODE_OPTIONS: `--import=${new URL('../helpers/loopback-only.mjs', import.meta.url)}`,
};

/**
 * Installs the runtimes unless these very ones are there. They weigh more than a gigabyte, so they are not dependencies
 * of the project.
 */
async function installRuntimes(): Promise<void> {
  const installed = join(runtimes, 'package.json');
  const done = join(runtimes, 'node_modules/.package-lock.json');
  if (existsSync(done) && readFileSync(installed).equals(readFileSync(manifest))) return;
  console.log('Installing the runtimes, once.');
  rmSync(runtimes, { recursive: true, force: true });
  mkdirSync(runtimes, { recursive: true });
  cpSync(manifest, installed);
  await run('npm', ['install', '--no-audit', '--no-fund'], runtimes);
}

/** Every way in which the package is used, one after the other. */
function* usesOf(
  consumer: Consumer,
  tarball: string,
  url: string,
  server: CutServer,
  programs: string[],
): Generator<Use> {
  const { root } = consumer;
  const cut = { form: 'cut connection' };
  const packageOf = (name: string) => join(runtimes, 'node_modules', name);
  const program = (name: string) => join(runtimes, 'node_modules/.bin', name);
  const pinned = (name: string) => versions[name]?.replace(/^npm:.*@/, '') ?? '';

  for (const name of ['node20', 'node22', 'node24', 'node26']) {
    const node = join(packageOf(name), 'bin/node');
    const version = pinned(name);
    yield { runtime: 'Node', version, form: 'import', run: () => run(node, ['main.mjs', url], root) };
    yield { runtime: 'Node', version, form: 'require()', run: () => run(node, ['main.cjs', url], root) };
    const cutNode = () => run(node, ['cut-main.mjs', server.url], root);
    yield { runtime: 'Node', version, ...cut, run: () => sentOnce(server, cutNode) };
  }
  const node24 = join(packageOf('node24'), 'bin/node');
  for (const name of programs) {
    const form = basename(name, '.mts');
    yield {
      runtime: 'Node',
      version: pinned('node24'),
      form,
      run: () => run(node24, [name], root, docsEnvironment),
    };
  }

  const bun = { runtime: 'Bun', version: pinned('bun') };
  yield { ...bun, form: 'import', run: () => run(program('bun'), ['main.mjs', url], root) };
  yield { ...bun, form: 'require()', run: () => run(program('bun'), ['main.cjs', url], root) };
  const cutBun = () => run(program('bun'), ['cut-main.mjs', server.url], root);
  yield { ...bun, ...cut, run: () => sentOnce(server, cutBun) };

  const deno = { runtime: 'Deno', version: pinned('deno') };
  const local = ['--node-modules-dir=manual', '--no-remote'];
  const runDeno = (...args: string[]) => run(program('deno'), args, root);
  yield {
    ...deno,
    form: 'import',
    run: () => runDeno('run', ...local, '--allow-net=127.0.0.1', 'main.mjs', url),
  };
  yield { ...deno, form: 'require()', run: () => runDeno('run', ...local, '--allow-all', 'main.cjs', url) };
  const cutDeno = () => runDeno('run', ...local, '--allow-net=127.0.0.1', 'cut-main.mjs', server.url);
  yield { ...deno, ...cut, run: () => sentOnce(server, cutDeno) };
  yield { ...deno, form: 'types', run: () => runDeno('check', ...local, 'types.ts') };

  const workerd = { runtime: 'workerd', version: pinned('workerd') };
  const inWorkerd = () => runInWorkerd(consumer, program('workerd'), url, server.url);
  yield { ...workerd, form: 'bundle', run: () => sentOnce(server, inWorkerd) };
  // It sends a create again. What it sends has the id of the call.
  const inChromium = () => runInChromium(consumer, url, server.url);
  yield { runtime: 'Chromium', form: 'bundle', run: () => sentOnce(server, inChromium, 7) };

  for (const name of ['typescript-5.4', 'typescript-5.9', 'typescript-6', 'typescript-7']) {
    for (const form of resolutions) {
      const check = () => typeCheck(consumer, packageOf(name), form);
      yield { runtime: 'TypeScript', version: pinned(name), form, run: check };
    }
  }

  // Our own sources too. What still needs 5.9 is openapi-typescript, whose syntax trees are those of that version.
  const compiler = join(packageOf('typescript-7'), 'bin/tsc');
  yield {
    runtime: 'TypeScript',
    version: pinned('typescript-7'),
    form: 'this project',
    run: () => run(process.execPath, [compiler, '--noEmit', '--project', toolchainRoot], toolchainRoot),
  };

  // CommonJS gets the module as it is, by the `require()` that is tried above; a YAML file has no types.
  const flags = [tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'openapi.yaml'];
  const version = pinned('@arethetypeswrong/cli');
  yield { runtime: 'attw', version, form: 'esm-only', run: () => run(program('attw'), flags, root) };
}

/** Runs a program that creates once, and checks how often it sent that. @param most how often the platform may */
async function sentOnce<Result>(server: CutServer, run: () => Promise<Result>, most = 1): Promise<Result> {
  const result = await run();
  const sendings = server.takeSendings();
  if (sendings.length === 1 && (sendings[0] ?? 0) <= most) return result;
  throw new Failure(`One create was sent under ${sendings.length} ids, ${sendings.join(', ')} times.`);
}

const command = {
  call: 'npm run test:runtimes',
  about:
    'Packs the package, uses it in Node 20 to 26, Bun, Deno, workerd and Chromium, compiles it with TypeScript 5.4 to 7, and prints a table. The first run installs them: 1.2 GB in node_modules/.cache.',
  flags: {},
  examples: ['npm run test:runtimes'],
  exitCodes: { 0: 'It works in all of them.', 1: 'It fails in at least one.' },
};

await runCommand(command, process.argv.slice(2), async () => {
  await installRuntimes();
  using consumer = new Consumer();
  const tarball = await pack(toolchainRoot, consumer.root);
  await consumer.install(tarball);
  const mock = await startMock({ port: 0, document: join(toolchainRoot, 'generated/openapi.yaml') });
  await using server = await startCutServer();
  try {
    const programs = writePrograms(consumer.root, mock.url);
    const rows: Row[] = [];
    for (const use of usesOf(consumer, tarball, mock.url, server, programs)) rows.push(await verdictOn(use));
    printTable(rows);
  } finally {
    await mock.close();
  }
});
