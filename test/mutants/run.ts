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

/** How many changes each test file has noticed, of each file of the runtime and of all (`''`). */
const noticed = new Map<string, Map<string, number>>();

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
    try {
      const failed = (await this.#failed(quick, file)) || (await this.#failed(thorough, file));
      if (typeof failed === 'string') for (const key of [file, '']) count(key, failed);
      return failed !== false;
    } finally {
      this.#write(file, original);
    }
  }

  #write(file: string, text: string): void {
    writeFileSync(join(this.#root, 'scripts/runtime', file), text);
    writeFileSync(join(this.#root, 'generated/runtime', file), text);
  }

  /** The first test file that fails, or just that one does: those that have noticed changes of `file` go first. */
  #failed(tests: string[], file = ''): Promise<string | boolean> {
    const vitest = join(toolchainRoot, 'node_modules/vitest/vitest.mjs');
    const config = ['--config', 'test/mutants/vitest.config.ts', '--reporter=dot', '--no-color'];
    const limits = ['--testTimeout=30000', '--hookTimeout=30000'];
    const env = { ...process.env, LIKELY_TESTS: [...ranked(file), ...ranked('')].join() };
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [vitest, 'run', ...config, ...limits, ...tests],
        // A mutant that never ends is noticed, too.
        { cwd: this.#root, env, timeout: 240_000, maxBuffer: 2 ** 26 },
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

function count(file: string, test: string): void {
  const counts = noticed.get(file) ?? new Map<string, number>();
  noticed.set(file, counts.set(test, (counts.get(test) ?? 0) + 1));
}

/** The test files that have noticed changes of a file, those with the most first. */
function ranked(file: string): string[] {
  const counts = [...(noticed.get(file) ?? [])];
  return counts.sort(([, a], [, b]) => b - a).map(([test]) => test);
}
