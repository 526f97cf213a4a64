import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FlagValues } from '../cli/command.ts';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import { wrongCall } from '../cli/flags.ts';
import { projectRoot } from '../cli/project.ts';

export const flags = {
  server: { value: 'URL', required: true, about: 'the base address of the service' },
  company: { value: 'ID', about: 'a company whose connections and invitations are listed' },
  connection: { value: 'ID', about: 'a connection to read; with --write, also to invite for' },
  invitation: { value: 'ID', about: 'an invitation to read' },
  write: { about: 'also create invitations, and revoke those' },
} as const;

/** The service to verify, and what is allowed. */
export interface Target {
  /** Path of the bundled contract. */
  document: string;
  /** Without a trailing slash. */
  server: string;
  apiKey: string;
  ids: Ids;
  /** Whether it is allowed to create invitations, and to revoke these. */
  write: boolean;
}

/** The known ids for the operations. */
export interface Ids {
  company?: string;
  connection?: string;
  invitation?: string;
}

/** @throws {Failure} that says what is missing, without the key or a URL that may contain one */
export async function checkTarget(
  given: FlagValues<typeof flags>,
  environment: NodeJS.ProcessEnv,
): Promise<Target> {
  const document = join(projectRoot(), 'generated/openapi.yaml');
  if (!existsSync(document)) {
    throw new Failure(`There is no ${displayPath(document)} to verify. Run \`npm run gen\` first.`);
  }
  const { server, write = false, company, connection, invitation } = given;
  if (server === undefined) throw wrongCall('--server is missing: say which service to verify.');
  const apiKey = environment.NECTAR_API_KEY;
  if (!apiKey) {
    throw wrongCall(
      'There is no API key: put it into the environment variable NECTAR_API_KEY. There is no flag for it, as flags stay in the history of the shell.',
    );
  }
  await checkWithClient(server, apiKey);
  const ids = {
    ...(company && { company }),
    ...(connection && { connection }),
    ...(invitation && { invitation }),
  };
  for (const [name, id] of Object.entries(ids)) {
    if (!uuid.test(id)) throw wrongCall(`--${name} takes a UUID, but got "${id}".`);
  }
  return { document, server: server.replace(/\/+$/, ''), apiKey, ids, write };
}

export const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Uses the checks of the client for the URL and the key. */
async function checkWithClient(server: string, apiKey: string): Promise<void> {
  const { createClient } = await import('../../generated/client.ts');
  try {
    createClient({ apiKey: 'any', baseUrl: server });
  } catch {
    throw wrongCall(
      '--server takes an https address (http only on this machine), without credentials, query or fragment.',
    );
  }
  try {
    createClient({ apiKey });
  } catch {
    throw wrongCall(
      'NECTAR_API_KEY contains something that no key can have: a line break or a special character.',
    );
  }
}
