import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../../scripts/cli/failure.ts';
import { toolchainRoot } from '../../scripts/cli/project.ts';

/**
 * Runs a program to its end and gives what it prints.
 *
 * @throws {Failure} with all of that, when it fails
 */
export async function run(program: string, args: string[], cwd: string, env = {}): Promise<string> {
  const options = {
    cwd,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...env },
  };
  try {
    return (await promisify(execFile)(program, args, options)).stdout;
  } catch (error) {
    const { message, stdout } = error as { message: string; stdout?: string };
    throw new Failure(`${message}${stdout ?? ''}`);
  }
}

/**
 * Packs the project in a folder as it would be published, build and all.
 *
 * @returns the path of the packed file, which is put into `destination`
 */
export async function pack(project: string, destination: string): Promise<string> {
  await run('npm', ['pack', '--pack-destination', destination], project);
  const { name, version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  return join(destination, `${name}-${version}.tgz`);
}

/** What the programs in the docs import beside the package and its dependencies. */
const shown = ['@types/node', '@opentelemetry/api', 'pino'];

/** An empty project of a user, with the programs of `consumer/` and those that the README and the docs show. */
export class Consumer implements Disposable {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'nectar-openapi-user-')));

  constructor() {
    cpSync(join(import.meta.dirname, 'consumer'), this.root, { recursive: true });
    writeFileSync(join(this.root, 'package.json'), '{ "private": true, "type": "module" }\n');
    mkdirSync(join(this.root, 'node_modules/@types'), { recursive: true });
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true });
  }

  /** Installs a packed file as a user does, its dependencies from the registry. */
  async install(tarball: string): Promise<void> {
    await run('npm', ['install', '--no-audit', '--no-fund', tarball], this.root);
    for (const name of shown) this.link(name);
  }

  /** Does the same without the network: the dependencies are those of this project. */
  async unpack(tarball: string): Promise<void> {
    const folder = join(this.root, 'node_modules/nectar-openapi');
    mkdirSync(folder);
    await run('tar', ['-xzf', tarball, '--strip-components=1'], folder);
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const name of [...Object.keys(dependencies), ...shown]) this.link(name);
  }

  /** Path of a file within the installed package. */
  packaged(path: string): string {
    return join(this.root, 'node_modules/nectar-openapi', path);
  }

  private link(name: string): void {
    const place = join(this.root, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(toolchainRoot, 'node_modules', name), place);
  }
}
