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
  /** Whether a `$ref` may lead to a server, or out of the folder of the contract. */
  allowRemote: boolean;
}

/** This project's own contract. */
export const projectTarget = {
  spec: join(projectRoot, 'spec/openapi.yaml'),
  out: join(projectRoot, 'generated'),
  rules: join(projectRoot, 'redocly.yaml'),
  allowRemote: false,
} satisfies Target;

/** A contract from elsewhere: our rules of style do not bind it. Paths are relative to the working directory. */
export function targetFor(spec: string, out: string, allowRemote = false): Target {
  return { spec: resolve(spec), out: resolve(out), rules: undefined, allowRemote };
}
