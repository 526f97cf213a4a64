import { join } from 'node:path';
import { projectRoot } from '../cli/project.ts';
import {
  type ServerOptions as EngineOptions,
  type RunningSandbox,
  serveSandbox,
} from '../sandbox/server/start.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';

export type ServerOptions = EngineOptions & Pick<SandboxOptions, 'seed'>;

/** @throws {Failure} if the port is in use, the file cannot be used, or there is no contract */
export function startSandbox({ seed, ...options }: ServerOptions): Promise<RunningSandbox<Sandbox>> {
  const create = (given: SandboxOptions) => createSandbox({ ...given, ...(seed && { seed }) });
  return serveSandbox(create, join(projectRoot(), 'generated/openapi.yaml'), options);
}
