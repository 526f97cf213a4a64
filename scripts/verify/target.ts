import { existsSync } from 'node:fs';
import type { Flag, FlagValues } from '../cli/command.ts';
import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import { wrongCall } from '../cli/flags.ts';
import { variableOf } from '../openapi/security.ts';
import { checkKey } from '../runtime/credentials.ts';
import { checkBaseUrl } from '../runtime/settings.ts';
import { Contract } from './contract.ts';

export const flags = {
  server: { value: 'URL', required: true, about: 'the base address of the service' },
  parameter: {
    value: 'NAME=VALUE',
    repeats: true,
    about: 'the value of a parameter, such as an id to read; can be given several times',
  },
  write: { about: 'also call what changes something, where the command knows how to undo it' },
} as const satisfies Record<string, Flag>;

/** The service to verify, and what is allowed. */
export interface Target {
  /** Path of the bundled contract. */
  document: string;
  /** Without a trailing slash. */
  server: string;
  /** Credentials by the name of their security scheme. */
  keys: ReadonlyMap<string, string>;
  /** Values of parameters by name. */
  parameters: ReadonlyMap<string, string>;
  /** Whether it is allowed to change something that can be undone. */
  write: boolean;
}

/**
 * @param document path of the bundled contract
 * @throws {Failure} that says what is missing, without a key or a URL that may contain one
 */
export function checkTarget(
  document: string,
  { server, parameter = [], write }: FlagValues<typeof flags>,
  environment: NodeJS.ProcessEnv,
): Target {
  if (!existsSync(document)) {
    throw new Failure(`There is no ${displayPath(document)} to verify. Run \`npm run gen\` first.`);
  }
  const contract = new Contract(document);
  if (server === undefined) throw wrongCall('--server is missing: say which service to verify.');
  const keys = readKeys(contract, environment);
  return {
    document,
    server: readServer(server),
    keys,
    parameters: readParameters(parameter, contract),
    write: write === true,
  };
}

/** There is no flag for a key, as flags stay in the history of the shell. */
function readKeys(contract: Contract, environment: NodeJS.ProcessEnv): Map<string, string> {
  const { schemes, operations } = contract;
  const used = [...schemes.used.values()];
  const keys = new Map<string, string>();
  for (const scheme of used) {
    const variable = variableOf(scheme);
    const key = environment[variable];
    if (!key) continue;
    try {
      keys.set(scheme.name, checkKey(key));
    } catch {
      throw wrongCall(
        `${variable} contains something that no key can have: a line break or a special character.`,
      );
    }
  }
  const isOpen = Array.from(operations.values()).some(({ object }) => {
    const security = schemes.of(object);
    return security.length === 0 || security.some((names) => names.length === 0);
  });
  if (keys.size > 0 || used.length === 0 || isOpen) return keys;
  throw wrongCall(
    `There is no API key: put it into the environment variable ${used.map(variableOf).join(' or ')}. There is no flag for it, as flags stay in the history of the shell.`,
  );
}

function readServer(server: string): string {
  try {
    return checkBaseUrl(server.replace(/(?<!\/)\/+$/, ''), false);
  } catch {
    throw wrongCall(
      '--server takes an https address (http only on this machine), without credentials, query or fragment.',
    );
  }
}

function readParameters(given: readonly string[], contract: Contract): Map<string, string> {
  const known = new Map(
    [...contract.operations.values()].flatMap(({ parameters }) =>
      parameters.map((each) => [each.name, each]),
    ),
  );
  return new Map(
    given.map((text) => {
      const [, name = '', value = ''] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
      const parameter = known.get(name);
      if (parameter === undefined)
        throw wrongCall(
          `--parameter takes NAME=VALUE, but got "${text}". The names: ${[...known.keys()].join(', ')}.`,
        );
      if (contract.isUuid(parameter) && !uuid.test(value))
        throw wrongCall(`--parameter ${name} takes a UUID, but got "${value}".`);
      return [name, value];
    }),
  );
}

export const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
