import { join, resolve } from 'node:path';
import { projectRoot } from '../cli/project.ts';

/** What is generated from what. All paths are absolute. */
export interface Target {
  /** The first file of the contract. */
  spec: string;
  /** The folder that is replaced. */
  out: string;
  /** The redocly.yaml whose rules the contract must keep; undefined for no more than a sound structure. */
  rules: string | undefined;
  /** An overlay file that is applied to the contract; undefined for none. */
  overlay: string | undefined;
  /** Whether a `$ref` may lead to a server, or out of the folder of the contract. */
  allowRemote: boolean;
  /** Whether requests.ts is written, by which the sandbox checks requests: it has the rules of this one service. */
  requests: boolean;
}

/** This project's own contract. */
export const projectTarget = {
  spec: join(projectRoot, 'spec/openapi.yaml'),
  out: join(projectRoot, 'generated'),
  rules: join(projectRoot, 'redocly.yaml'),
  overlay: undefined,
  allowRemote: false,
  requests: true,
} satisfies Target;

/** What `--lint` takes, and the rules that it stands for: our rules of style do not bind others unless they ask. */
export const ruleSets = {
  off: undefined,
  recommended: join(projectRoot, 'scripts/contract/recommended.yaml'),
  project: projectTarget.rules,
};

/** A contract from elsewhere, with paths that are relative to the working directory. */
export function targetFor(
  spec: string,
  out: string,
  { lint = 'off', overlay, allowRemote = false }: Choices = {},
): Target {
  return {
    spec: resolve(spec),
    out: resolve(out),
    rules: ruleSets[lint],
    overlay: overlay === undefined ? undefined : resolve(overlay),
    allowRemote,
    requests: false,
  };
}

interface Choices {
  lint?: keyof typeof ruleSets | undefined;
  overlay?: string | undefined;
  allowRemote?: boolean | undefined;
}
