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
    return (await this.#fails(quick)) || (await this.#fails(thorough));
  }

  /** Whether some test fails with this text of a file of the runtime, whose imports end in `.ts` in both folders. */
  async isNoticed(file: string, text: string, original: string): Promise<boolean> {
    this.#write(file, text);
    try {
      return (await this.#fails(quick)) || (await this.#fails(thorough));
    } finally {
      this.#write(file, original);
    }
  }

  #write(file: string, text: string): void {
    writeFileSync(join(this.#root, 'scripts/runtime', file), text);
    writeFileSync(join(this.#root, 'generated/runtime', file), text);
  }

  #fails(tests: string[]): Promise<boolean> {
    const vitest = join(toolchainRoot, 'node_modules/vitest/vitest.mjs');
    const config = ['--config', 'test/vitest.config.ts', '--maxWorkers=1', '--passWithNoTests'];
    const limits = ['--bail=1', '--testTimeout=10000', '--hookTimeout=10000', '--reporter=dot'];
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [vitest, 'run', ...config, ...limits, ...tests],
        // A mutant that never ends is noticed, too.
        { cwd: this.#root, timeout: 240_000, maxBuffer: 2 ** 26 },
        () => resolve(child.exitCode !== 0),
      );
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.#root, { recursive: true, force: true });
  }
}
