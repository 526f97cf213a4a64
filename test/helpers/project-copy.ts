import { execFile } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import { readFiles } from '../../scripts/output/files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ownFiles = [
  '.biome.json',
  'generated',
  'spec',
  'package.json',
  'package-lock.json',
  'redocly.yaml',
  'tsconfig.json',
];

/** npm's list of what is installed. */
const installed = 'node_modules/.package-lock.json';

/** How a command has ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command as the function that its entry file calls. */
export type RunCommand = (args: readonly string[]) => Promise<void>;

/** The project in a folder of its own, to be broken at will. Its scripts are those of the project unless it has its own. */
export class ProjectCopy implements Disposable {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'nectar-openapi-')));

  constructor({ ownScripts = false } = {}) {
    for (const name of ownFiles) cpSync(join(root, name), join(this.root, name), { recursive: true });
    if (ownScripts) cpSync(join(root, 'scripts'), join(this.root, 'scripts'), { recursive: true });
    else symlinkSync(join(root, 'scripts'), join(this.root, 'scripts'));
    const modules = join(this.root, 'node_modules');
    mkdirSync(modules);
    for (const name of readdirSync(join(root, 'node_modules'))) {
      if (!name.startsWith('.')) symlinkSync(join(root, 'node_modules', name), join(modules, name));
    }
    symlinkSync(join(root, 'node_modules/.bin'), join(modules, '.bin'));
    copyFileSync(join(root, installed), join(this.root, installed));
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true });
  }

  /** Runs a command, such as `gen`, in this process: for everything but what only a process shows. */
  run(command: RunCommand, ...args: string[]): Promise<Ended> {
    return runHere(command, args, this.root);
  }

  /** Runs a script, such as `openapi-once.ts`, in a process of its own, and waits for its end. */
  runProcess(script: string, ...args: string[]): Promise<Ended> {
    return runNode([join(this.root, 'scripts', script), ...args], this.root);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  edit(path: string, change: (text: string) => string): void {
    this.write(path, change(this.read(path)));
  }

  exists(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  /** Text of each file in a folder, by its path. */
  snapshot(folder: string): Map<string, string> {
    return readFiles(join(this.root, folder));
  }

  /** When a file was last written, in milliseconds. */
  modified(path: string): number {
    return statSync(join(this.root, path)).mtimeMs;
  }

  remove(path: string): void {
    rmSync(join(this.root, path));
  }
}

/**
 * Runs a command in this process as if it had been called in a folder, without colors. The working directory is the
 * whole process's, so that a test that runs commands is not concurrent.
 */
export async function runHere(command: RunCommand, args: readonly string[], folder = root): Promise<Ended> {
  const printed = { stdout: '', stderr: '' };
  const { log, error } = console;
  const writes = { stdout: process.stdout.write, stderr: process.stderr.write };
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = (text: string | Uint8Array) => {
      printed[name] += text;
      return true;
    };
  }
  // The test runner's own console does not write there.
  console.log = (...values) => void process.stdout.write(`${format(...values)}\n`);
  console.error = (...values) => void process.stderr.write(`${format(...values)}\n`);
  const before = { folder: process.cwd(), env: process.env };
  process.chdir(folder);
  process.env = withoutColors();
  try {
    await command(args);
    return { code: Number(process.exitCode ?? 0), ...printed };
  } finally {
    process.exitCode = undefined;
    process.env = before.env;
    process.chdir(before.folder);
    Object.assign(console, { log, error });
    process.stdout.write = writes.stdout;
    process.stderr.write = writes.stderr;
  }
}

/** Runs Node with the given arguments, without colors, and waits for its end. */
export function runNode(args: string[], cwd = root): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      args,
      { cwd, env: withoutColors() },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode, stdout, stderr });
      },
    );
  });
}

/** The environment of this process, for one that prints no colors. */
export function withoutColors(): NodeJS.ProcessEnv {
  const { FORCE_COLOR, ...others } = process.env;
  return { ...others, NO_COLOR: '1' };
}
