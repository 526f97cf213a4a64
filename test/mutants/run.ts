import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolchainRoot } from '../../scripts/cli/project.ts';

/** The tests of the clients without those that take long; most mutants fail one of them. */
const quick = [
  'test/client/',
  'test/webhooks/',
  '--exclude=**/{any-fault,controls,cost,fetch-types,fuzz,not-sent}.test.ts',
];

/** The others that run the clients. */
const thorough = ['client/any-fault', 'client/fuzz', 'client/not-sent', 'round-trip/', 'sandbox/faults']
  .concat(
    ['bodies', 'credentials', 'faces', 'features', 'lists', 'parameters', 'places', 'streams', 'wire'].map(
      (name) => `generator/${name}`,
    ),
  )
  .map((path) => `test/${path}`);

/** The test files that have noticed a change of a file, the last one first: they are likely to notice the next. */
const noticing = new Map<string, string[]>();

/** A copy of the project with one file of the runtime changed. */
export class Altered implements Disposable {
  readonly #root = mkdtempSync(join(tmpdir(), 'nectar-openapi-mutants-'));

  constructor() {
    for (const name of readdirSync(toolchainRoot)) {
      if (name === 'node_modules') symlinkSync(join(toolchainRoot, name), join(this.#root, name));
      else if (!['.git', 'dist'].includes(name))
        cpSync(join(toolchainRoot, name), join(this.#root, name), { recursive: true });
    }
  }

  /** Whether some test fails without a change, so that it would seem to notice every one. */
  async isUnsound(): Promise<boolean> {
    return Boolean((await this.#failed(quick)) || (await this.#failed(thorough)));
  }

  /** Whether some test fails with this text of a file of the runtime, whose imports end in `.ts` in both folders. */
  async isNoticed(file: string, text: string, original: string): Promise<boolean> {
    this.#write(file, text);
    const before = noticing.get(file) ?? [];
    try {
      for (const tests of [before.slice(0, 2), quick, thorough]) {
        const failed = tests.length > 0 && (await this.#failed(tests));
        if (!failed) continue;
        if (failed !== true) noticing.set(file, [failed, ...before.filter((each) => each !== failed)]);
        return true;
      }
      return false;
    } finally {
      this.#write(file, original);
    }
  }

  #write(file: string, text: string): void {
    writeFileSync(join(this.#root, 'scripts/runtime', file), text);
    writeFileSync(join(this.#root, 'generated/runtime', file), text);
  }

  /** The first test file that fails, if it can be told which it is. */
  #failed(tests: string[]): Promise<string | boolean> {
    const vitest = join(toolchainRoot, 'node_modules/vitest/vitest.mjs');
    const config = ['--config', 'test/vitest.config.ts', '--maxWorkers=1', '--passWithNoTests'];
    const limits = ['--bail=1', '--testTimeout=30000', '--hookTimeout=30000', '--reporter=dot', '--no-color'];
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [vitest, 'run', ...config, ...limits, ...tests],
        // A mutant that never ends is noticed, too.
        { cwd: this.#root, timeout: 240_000, maxBuffer: 2 ** 26 },
        (_error, stdout, stderr) => {
          const [, file] = / FAIL {2}(\S+\.test\.ts)/.exec(stdout + stderr) ?? [];
          resolve(child.exitCode === 0 ? false : (file ?? true));
        },
      );
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}
