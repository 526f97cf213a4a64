import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { installRivals, rival } from './rivals.ts';

/** Lets other tools write their clients of this contract: `redocly.ts` and `hey-api/`, into a folder. */
export function generateRivalClients(folder: string): void {
  installRivals();
  const contract = join(toolchainRoot, 'generated/openapi.yaml');
  const run = (file: string, ...args: string[]) =>
    execFileSync(process.execPath, [file, ...args], {
      cwd: folder,
      stdio: 'ignore',
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    });
  const redocly = join(toolchainRoot, 'node_modules/@redocly/cli/bin/cli.js');
  run(redocly, 'generate-client', contract, '-o', join(folder, 'redocly.ts'));
  run(rival('@hey-api/openapi-ts/bin/run.js'), '-i', contract, '-o', join(folder, 'hey-api'));
}
