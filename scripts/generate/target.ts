import { join, resolve } from 'node:path';
import { projectRoot, toolchainRoot } from '../cli/project.ts';
import type { Extension } from './imports.ts';

/** The input and the output of gen. All paths are absolute. */
export interface Target {
  /** The first file of the contract. */
  spec: string;
  /** The output folder, which is replaced. */
  out: string;
  /** The redocly.yaml with the rules for the contract; undefined to check only the structure. */
  rules: string | undefined;
  /** An overlay file to apply to the contract, if any. */
  overlay: string | undefined;
  /** The selectors of the operations to generate, separated by commas; undefined for all. */
  only: string | undefined;
  /** Whether a `$ref` may lead to a server, or out of the folder of the contract. */
  allowRemote: boolean;
  /** The extension of relative imports; undefined to choose the one that works where the output is. */
  extension: Extension | undefined;
  /** Whether to write requests.ts, which is for the sandbox of this service. */
  requests: boolean;
}

/** The project's own contract. */
export function projectTarget() {
  const root = projectRoot();
  return {
    spec: join(root, 'spec/openapi.yaml'),
    out: join(root, 'generated'),
    rules: join(root, 'redocly.yaml'),
    overlay: undefined,
    only: undefined,
    allowRemote: false,
    extension: undefined,
    requests: true,
  } satisfies Target;
}

/** The values of `--lint` and their rules. The project's own style rules apply to others only on request. */
export function ruleSets() {
  return {
    off: undefined,
    recommended: join(toolchainRoot, 'scripts/contract/recommended.yaml'),
    project: projectTarget().rules,
  };
}

type RuleSet = keyof ReturnType<typeof ruleSets>;

/** The contract of another team, with paths relative to the working directory. */
export function targetFor(
  spec: string,
  out: string,
  { lint = 'off', overlay, only, allowRemote = false, extension }: Choices = {},
): Target {
  return {
    spec: resolve(spec),
    out: resolve(out),
    rules: ruleSets()[lint],
    overlay: overlay === undefined ? undefined : resolve(overlay),
    only,
    allowRemote,
    extension,
    requests: false,
  };
}

interface Choices {
  lint?: RuleSet | undefined;
  overlay?: string | undefined;
  only?: string | undefined;
  allowRemote?: boolean | undefined;
  extension?: Extension | undefined;
}
