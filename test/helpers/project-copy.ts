import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readFiles } from '../../scripts/output/files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = [
  '.biome.json',
  'generated',
  'scripts',
  'spec',
  'package.json',
  'package-lock.json',
  'redocly.yaml',
  'tsconfig.json',
];

/** How a command has ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The project in a folder of its own, to be broken at will. */
export class ProjectCopy implements Disposable {
  readonly root = mkdtempSync(join(tmpdir(), 'nectar-openapi-'));

  constructor() {
    for (const name of sources) cpSync(join(root, name), join(this.root, name), { recursive: true });
    const modules = join(this.root, 'node_modules');
    mkdirSync(modules);
    for (const name of readdirSync(join(root, 'node_modules'))) {
      if (name !== '.cache') symlinkSync(join(root, 'node_modules', name), join(modules, name));
    }
    // The packed libraries are the same for every copy.
    const cache = join(root, 'node_modules/.cache/nectar-openapi');
    const ownCache = join(modules, '.cache/nectar-openapi');
    mkdirSync(join(cache, 'packed'), { recursive: true });
    mkdirSync(ownCache, { recursive: true });
    symlinkSync(join(cache, 'packed'), join(ownCache, 'packed'));
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true });
  }

  /** Runs a script of the project, such as `gen.ts`, and waits for its end. */
  run(script: string, ...args: string[]): Promise<Ended> {
    return this.runIn('.', script, ...args);
  }

  /** The same, started in a folder within the project. */
  runIn(folder: string, script: string, ...args: string[]): Promise<Ended> {
    const scripts = join(this.root, 'scripts');
    const cache = ['--import', pathToFileURL(join(scripts, 'cli/compile-cache.js')).href];
    return runNode([...cache, join(scripts, script), ...args], join(this.root, folder));
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

/** Runs Node with the given arguments, without colours, and waits for its end. */
export function runNode(args: string[], cwd = root): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
    const child = execFile(process.execPath, args, { cwd, env }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}
