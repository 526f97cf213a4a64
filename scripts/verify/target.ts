import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import { projectRoot } from '../cli/project.ts';

export const usage =
  'npm run verify -- --server URL [--company ID] [--connection ID] [--invitation ID] [--write]';

export const flagKinds = {
  server: 'value',
  company: 'value',
  connection: 'value',
  invitation: 'value',
  write: 'flag',
} as const;

/** The service to verify, and what may be done with it. */
export interface Target {
  /** Path of the bundled contract. */
  document: string;
  /** Without a slash at its end. */
  server: string;
  apiKey: string;
  ids: Ids;
  /** Whether invitations may be created, and those revoked. */
  write: boolean;
}

/** What the operations are tried on, as far as it is known. */
export interface Ids {
  company?: string;
  connection?: string;
  invitation?: string;
}

type Flags = { [Name in keyof typeof flagKinds]?: Name extends 'write' ? true : string };

/** @throws {Failure} that says what is missing, and never repeats the key nor an address that may contain one */
export async function checkTarget(flags: Flags, environment: NodeJS.ProcessEnv): Promise<Target> {
  const document = join(projectRoot, 'generated/openapi.yaml');
  if (!existsSync(document)) {
    throw new Failure(`There is no ${displayPath(document)} to verify. Run \`npm run gen\` first.`);
  }
  const { server, write = false, company, connection, invitation } = flags;
  if (server === undefined) throw wrongUsage('--server is missing: say which service to verify.');
  const apiKey = environment.NECTAR_API_KEY;
  if (!apiKey) {
    throw wrongUsage(
      'There is no API key: put it into the environment variable NECTAR_API_KEY. It is no flag, as flags stay in the history of the shell.',
    );
  }
  await checkWithClient(server, apiKey);
  const ids = {
    ...(company && { company }),
    ...(connection && { connection }),
    ...(invitation && { invitation }),
  };
  for (const [name, id] of Object.entries(ids)) {
    if (!uuid.test(id)) throw wrongUsage(`--${name} takes a UUID, but got "${id}".`);
  }
  return { document, server: server.replace(/\/+$/, ''), apiKey, ids, write };
}

export const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The client knows best where it would send a key, and which. */
async function checkWithClient(server: string, apiKey: string): Promise<void> {
  const { createClient } = await import('../../generated/client.ts');
  try {
    createClient({ apiKey: 'any', baseUrl: server });
  } catch {
    throw wrongUsage(
      '--server takes an https address (http on this machine alone), without credentials, query or fragment.',
    );
  }
  try {
    createClient({ apiKey });
  } catch {
    throw wrongUsage(
      'NECTAR_API_KEY holds something that no key has: a space, a line break or a special character.',
    );
  }
}

function wrongUsage(problem: string): Failure {
  return new Failure(`${problem}\nUsage: ${usage}`, { exitCode: 2 });
}
