import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import type { Contract } from './contracts.ts';
import type { Candidate } from './measure.ts';
import { rival } from './rivals.ts';
import type { Command } from './run.ts';

export const ours = 'npm run gen: lint, bundle, types, client';

/** What a user would otherwise run one after the other. */
export const threeTools = [
  'redocly lint, the same rules',
  'redocly bundle',
  'openapi-typescript: types',
] as const;

/** Whole processes. All but lint and bundle get the contract in one file. */
export function toolsFor({ source, out, gen, rules }: Contract, folder: string): Candidate[] {
  const command = (file: string, ...args: string[]): Command => ({ args: [file, ...args], cwd: folder });
  const redocly = (...args: string[]) =>
    command(join(toolchainRoot, 'node_modules/@redocly/cli/bin/cli.js'), ...args);
  const whole = join(out, 'openapi.yaml');
  const [lint, bundle, types] = threeTools;
  return [
    { name: ours, prepare: () => rmSync(join(out, 'client.ts'), { force: true }), command: gen },
    { name: 'npm run gen, nothing changed', command: gen },
    { name: lint, command: { ...redocly('lint', source, '--config', rules), mayFail: true } },
    {
      name: 'redocly lint, its recommended rules',
      command: { ...redocly('lint', source), mayFail: true },
    },
    { name: bundle, command: redocly('bundle', source, '-o', 'bundle.yaml') },
    {
      name: types,
      command: command(
        join(toolchainRoot, 'node_modules/openapi-typescript/bin/cli.js'),
        whole,
        '-o',
        'types.ts',
      ),
    },
    {
      name: 'redocly generate-client: client',
      command: redocly('generate-client', whole, '-o', 'redocly-client.ts'),
    },
    {
      name: 'hey-api: client',
      command: command(
        rival('@hey-api/openapi-ts/bin/run.js'),
        ...['-i', whole, '-o', 'hey-api', '--silent', '--no-log-file'],
      ),
    },
    {
      name: 'swagger-typescript-api: client',
      command: command(
        rival('swagger-typescript-api/dist/cli.mjs'),
        ...['generate', '-p', whole, '-o', 'swagger-typescript-api', '--silent'],
      ),
    },
  ];
}
