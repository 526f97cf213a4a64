import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toolchainRoot } from '../../scripts/cli/project.ts';

/** What the process with the tests is asked for. */
export interface Run {
  /** Files that have changed since the last run, from the root of the copy. */
  changed: string[];
  /** The test files in the order in which they run; those that are not named come last. */
  first: string[];
}

/** What it responds. */
export interface Outcome {
  /** The first test file that failed, or an empty text. */
  failed: string;
  /** The test files that ran, and how long each took, in milliseconds. */
  durations: [string, number][];
}

/** How many changes each test file has noticed, of each file of the runtime and of all (`''`). */
const noticed = new Map<string, Map<string, number>>();
/** How long each test file takes without a change, in milliseconds. */
let durations: [string, number][] = [];

/** A copy of the project with one file of the runtime changed. */
export class Altered implements Disposable {
  readonly #root = mkdtempSync(join(tmpdir(), 'nectar-openapi-mutants-'));
  #suite: ChildProcess | undefined;

  constructor() {
    for (const name of readdirSync(toolchainRoot)) {
      if (name === 'node_modules') symlinkSync(join(toolchainRoot, name), join(this.#root, name));
      else if (!['.git', 'dist'].includes(name))
        cpSync(join(toolchainRoot, name), join(this.#root, name), { recursive: true });
    }
  }

  /** The first test file that fails without a change, so that it would seem to notice every one; or an empty text. */
  async unsound(): Promise<string> {
    const outcome = await this.#run();
    durations = outcome.durations;
    return outcome.failed;
  }

  /** Whether some test fails with this text of a file of the runtime, whose imports end in `.ts` in both folders. */
  async isNoticed(file: string, text: string, original: string): Promise<boolean> {
    this.#write(file, text);
    try {
      const { failed } = await this.#run(file);
      if (failed) for (const key of [file, '']) count(key, failed);
      return failed !== '';
    } finally {
      this.#write(file, original);
    }
  }

  #write(file: string, text: string): void {
    for (const path of places(file)) writeFileSync(join(this.#root, path), text);
  }

  async #run(file = ''): Promise<Outcome> {
    this.#suite ??= await this.#start();
    const suite = this.#suite;
    // A mutant that never ends is noticed, too.
    const timer = setTimeout(() => suite.kill('SIGKILL'), 300_000);
    const run: Run = { changed: file ? places(file) : [], first: inOrder(file) };
    suite.send(run);
    const done = new AbortController();
    const { signal } = done;
    const ends = [once(suite, 'message', { signal }), once(suite, 'exit', { signal })];
    const [outcome] = await Promise.race(ends);
    clearTimeout(timer);
    await Promise.allSettled([...ends, done.abort()]);
    if (typeof outcome === 'object' && outcome !== null) return outcome;
    this.#suite = undefined;
    return { failed: 'the process with the tests', durations: [] };
  }

  async #start(): Promise<ChildProcess> {
    const suite = fork(join(this.#root, 'test/mutants/suite.ts'), { cwd: this.#root, stdio: 'ignore' });
    await once(suite, 'message');
    return suite;
  }

  [Symbol.dispose](): void {
    this.#suite?.kill();
    rmSync(this.#root, { recursive: true, force: true });
  }
}

function places(file: string): string[] {
  return ['scripts', 'generated'].map((folder) => join(folder, 'runtime', file));
}

function count(file: string, test: string): void {
  const counts = noticed.get(file) ?? new Map<string, number>();
  noticed.set(file, counts.set(test, (counts.get(test) ?? 0) + 1));
}

/**
 * The test files, those first that have noticed the most changes of a file or of all, for the time that they take. At the
 * start, that of the same name.
 */
function inOrder(file: string): string[] {
  const subject = file.replace(/\.ts$/, '');
  const worth = ([test, duration]: [string, number]) => {
    const ofFile = (noticed.get(file)?.get(test) ?? 0) + (subject && test.includes(subject) ? 1 : 0);
    return (1 + 20 * ofFile + (noticed.get('')?.get(test) ?? 0)) / (duration + 300);
  };
  return durations.toSorted((a, b) => worth(b) - worth(a)).map(([test]) => test);
}
