import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gen } from '../../scripts/generate/command.ts';
import { ProjectCopy } from '../helpers/project-copy.ts';

/** `gen -- --watch` in a copy of the project, by what it has printed. */
class Watch implements AsyncDisposable {
  output = '';
  readonly #process: ChildProcess;

  constructor(project: ProjectCopy, ...args: string[]) {
    this.#process = spawn(
      process.execPath,
      [join(project.root, 'scripts/openapi-once.ts'), 'gen', '--watch', ...args],
      {
        cwd: project.root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
      },
    );
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', (chunk) => {
        this.output += chunk;
        this.#process.emit('output');
      });
    }
  }

  /** What is printed until the run after `change` is over. */
  async after(change: () => void = () => {}): Promise<string> {
    const start = this.output.length;
    change();
    while (!this.output.includes('Waiting for the next change.', start)) await once(this.#process, 'output');
    return this.output.slice(start);
  }

  /** Ends it and gives the exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const exit = once(this.#process, 'exit');
    this.#process.kill(signal);
    const [code] = await exit;
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode === null) await this.end('SIGKILL');
  }
}

const spec = 'spec/openapi.yaml';
const unchanged = /^All \d+ files in generated\/ are as they were\.\nDone in \d+ ms\./;

describe('gen -- --watch', () => {
  test('regenerates after each save, survives an invalid one, and ends at Ctrl-C', async () => {
    using project = new ProjectCopy();
    await using watch = new Watch(project);
    expect(await watch.after()).toMatch(unchanged);

    // Most editors write another file and put it in the place of the first.
    for (const name of ['First', 'Second', 'Third']) {
      const printed = await watch.after(() => {
        project.write('.saved.yaml', project.read(spec).replace(/title: .*/, `title: ${name}`));
        renameSync(join(project.root, '.saved.yaml'), join(project.root, spec));
      });
      expect(printed).toMatch(
        /^ {2}changed generated\/openapi\.yaml\n(?: {2}changed .*\n)*Done in \d+ ms\./m,
      );
      expect(project.read('generated/openapi.yaml')).toContain(`title: ${name}\n`);
    }

    const sound = project.read(spec);
    const generated = project.snapshot('generated');
    const broken = await watch.after(() =>
      project.write(spec, sound.replace('openapi: 3.1.1', 'openapi: [')),
    );
    expect(broken).toContain('\ngenerated/ stays as it is.');
    expect(project.snapshot('generated')).toEqual(generated);
    expect(await watch.after(() => project.write(spec, sound))).toMatch(unchanged);

    // A new folder, and then a file that was not there when it began.
    for (const text of ['1', '2']) {
      const printed = await watch.after(() => project.write('spec/components/new/Unused.yaml', text));
      expect(printed).toContain('Unused.yaml:1:1 error contract/no-unused-files\n');
    }
    const strict = await watch.after(() =>
      project.edit('redocly.yaml', (text) => text.replace('maxLength: 50', 'maxLength: 9')),
    );
    expect(strict).toContain('error rule/summary-is-a-command\n');

    expect(await watch.end('SIGINT')).toBe(0);
  });

  test('does not react to its own output next to the contract', async () => {
    using project = new ProjectCopy();
    const contract = 'openapi: 3.0.3\ninfo: { title: Of others, version: 1.0.0 }\npaths: {}\n';
    project.write('theirs/contract.yaml', contract);
    const theirs = ['--spec', 'theirs/contract.yaml', '--out', 'theirs/client'];
    await using watch = new Watch(project, ...theirs);
    expect(await watch.after()).toContain('added   theirs/client/schema.ts\n');
    await watch.after(() => project.write('theirs/contract.yaml', contract.replace('Of others', 'New')));
    // In this time it would have woken.
    expect((await project.run(gen, ...theirs, '--check')).code).toBe(0);
    expect(project.read('theirs/client/openapi.yaml')).toContain('title: New\n');
    expect(await watch.end('SIGTERM')).toBe(0);
    expect(watch.output).not.toContain('as they were');
  });
});
