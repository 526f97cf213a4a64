import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { load, YAMLException } from 'js-yaml';
import { displayPath } from './display-path.ts';
import { Failure } from './failure.ts';
import { wrongCall } from './flags.ts';
import { suggest } from './nearest.ts';
import { projectRoot } from './project.ts';

/** How relative imports end: as a bundler, Node's resolution, or a project that allows `.ts` wants it. */
export const extensions = ['ts', 'js', 'none'] as const;

export type Extension = (typeof extensions)[number];

/** How a contract is checked: its structure alone, Redocly's recommended rules, or the rules of redocly.yaml. */
export const ruleSets = ['off', 'recommended', 'project'] as const;

/** What a command does with a contract. */
interface Choices {
  /** An overlay file to apply to the contract, if any. */
  overlay?: string | undefined;
  /** The selectors of the operations to generate, separated by commas; undefined for all. */
  only?: string | undefined;
  /** Whether a `$ref` may lead to a server, or out of the folder of the contract. @default false */
  allowRemote?: boolean | undefined;
  /** The extension of relative imports; undefined to choose the one that works where the output is. */
  extension?: Extension | undefined;
}

/** A contract. All paths are absolute. */
export interface Api extends Choices {
  /** Its name below `apis` in redocly.yaml; undefined for the document of `--spec`. */
  name: string | undefined;
  /** The first file, or its https address. */
  spec: string;
  lint: (typeof ruleSets)[number];
  /** The redocly.yaml of the project; undefined without one. */
  config: string | undefined;
  /** The output folder, which is replaced; undefined if redocly.yaml does not say. */
  out: string | undefined;
  /** Whether to write requests.ts, which a hand-written server can check requests with. @default false */
  requests?: boolean | undefined;
}

/** A contract with an output folder. */
export type Target = Api & { out: string };

/**
 * The contracts that `apis` in redocly.yaml names.
 *
 * @param names of some of them; none for all
 * @throws {Failure} if redocly.yaml is missing or invalid, or does not have a name
 */
export function chooseApis(names: readonly string[] = []): Api[] {
  const config = join(projectRoot(), 'redocly.yaml');
  const apis = readApis(config);
  const known = Object.keys(apis);
  for (const name of names) {
    if (Object.hasOwn(apis, name)) continue;
    throw wrongCall(
      `${displayPath(config)} has no contract "${name}".${suggest(name, known)} It has: ${known.join(', ')}.`,
    );
  }
  const chosen = names.length > 0 ? [...new Set(names)] : known;
  return chosen.map((name) => toApi(config, name, apis[name], known.length === 1));
}

/**
 * The contract that is named, or the only one.
 *
 * @throws {Failure} like `chooseApis`, and if there are several to choose from
 */
export function chooseApi(names: readonly string[] = []): Api {
  const [api, ...others] = chooseApis(names);
  if (api === undefined || others.length > 0)
    throw wrongCall(`Name one contract: ${[api, ...others].map((each) => each?.name).join(' or ')}.`);
  return api;
}

/** @throws {Failure} if redocly.yaml does not say where the output of a contract goes */
export function targetOf(api: Api): Target {
  const { out, config, name } = api;
  if (out !== undefined) return { ...api, out };
  throw new Failure(
    `${displayPath(config ?? '')} does not say where the code for ${name} goes. Add below "${name}:"\n    x-client:\n      output: FOLDER`,
  );
}

/** The document of `--spec`, with paths relative to the working directory. */
export function targetFor(
  spec: string,
  out: string,
  { lint = 'off', overlay, ...choices }: Choices & { lint?: Api['lint'] | undefined } = {},
): Target {
  const config = join(projectRoot(), 'redocly.yaml');
  return {
    ...choices,
    name: undefined,
    spec: isUrl(spec) ? spec : resolve(spec),
    out: resolve(out),
    overlay: overlay === undefined ? undefined : resolve(overlay),
    lint,
    config: existsSync(config) ? config : undefined,
  };
}

export function isUrl(place: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(place);
}

type Node = Record<string, unknown>;

function readApis(config: string): Node {
  const file = displayPath(config);
  const parsed = parse(config);
  const { apis } = Object(parsed) as { apis?: unknown };
  if (isNode(apis) && Object.keys(apis).length > 0) return apis;
  throw new Failure(
    `${file} names no contract. Add one, with its first file:\n  apis:\n    NAME:\n      root: openapi.yaml`,
  );
}

function parse(config: string): unknown {
  const file = displayPath(config);
  try {
    return load(readFileSync(config, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Failure(
        'There is no redocly.yaml in this folder or above it. `npx openapi-once init` creates one.',
      );
    if (!(error instanceof YAMLException)) throw error;
    const { line = 0, column = 0 } = error.mark ?? {};
    throw new Failure(`${file}:${line + 1}:${column + 1} is not valid YAML: ${error.reason}. Fix it there.`);
  }
}

/** The keys of `x-client`, and what each takes. `x-client.schema.json` describes them for editors. */
const settings: Record<string, { takes: string; accepts: (value: unknown) => boolean }> = {
  output: { takes: 'the path of a folder', accepts: isText },
  overlay: { takes: 'the path of a file', accepts: isText },
  only: {
    takes: 'selectors such as tag:NAME, or a list of them',
    accepts: (value) => [value].flat().every(isText),
  },
  extension: {
    takes: extensions.join(', '),
    accepts: (value) => extensions.some((each) => each === value),
  },
  allowRemote: { takes: 'true or false', accepts: (value) => typeof value === 'boolean' },
  requests: { takes: 'true or false', accepts: (value) => typeof value === 'boolean' },
};

function toApi(config: string, name: string, entry: unknown, isOnly: boolean): Api {
  const place = `"${name}" in ${displayPath(config)}`;
  const { root, 'x-client': client = {} } = Object(entry) as Node;
  if (!isText(root)) throw new Failure(`${place} needs a root: the path of its first file.`);
  if (!isNode(client)) throw new Failure(`x-client of ${place} takes settings, such as "output: FOLDER".`);
  for (const [key, value] of Object.entries(client)) {
    const setting = Object.hasOwn(settings, key) ? settings[key] : undefined;
    if (setting === undefined)
      throw new Failure(
        `x-client of ${place} has the unknown key ${key}.${suggest(key, Object.keys(settings))} It takes ${Object.keys(settings).join(', ')}.`,
      );
    if (!setting.accepts(value)) throw new Failure(`${key} in x-client of ${place} takes ${setting.takes}.`);
  }
  const { output, overlay, only, ...others } = client;
  const path = (given: unknown) => (isText(given) ? resolve(dirname(config), given) : undefined);
  return {
    ...others,
    name,
    spec: isUrl(root) ? root : resolve(dirname(config), root),
    out: path(output) ?? (isOnly ? join(dirname(config), 'generated') : undefined),
    overlay: path(overlay),
    only: only === undefined ? undefined : [only].flat().join(','),
    lint: 'project',
    config,
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
