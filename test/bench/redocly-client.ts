import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '../..');

interface Options {
  baseUrl: string;
  apiKey: string;
  fetch: typeof fetch;
}

/** Lets Redocly generate its client of the contract, and returns its way of making the reconnect invitation. */
export async function redoclyClient({ baseUrl, apiKey, fetch }: Options) {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-redocly-'));
  try {
    const file = join(folder, 'client.ts');
    execFileSync(
      process.execPath,
      [
        join(root, 'node_modules/@redocly/cli/bin/cli.js'),
        'generate-client',
        'generated/openapi.yaml',
        '-o',
        file,
      ],
      {
        cwd: root,
        stdio: 'ignore',
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      },
    );
    const { client } = await import(pathToFileURL(file).href);
    client.configure({ serverUrl: baseUrl, fetch, auth: { apiKey: { ApiKey: apiKey } } });
    return (id: string, body: object): Promise<unknown> =>
      client.createReconnectInvitation({ path: { connection_id: id }, body });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
