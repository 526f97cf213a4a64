import { Failure } from '../cli/failure.ts';
import { countFindings } from '../cli/format-findings.ts';
import { lintContract } from '../contract/lint.ts';
import { openContract } from '../contract/open.ts';
import { structuralRuleSet } from '../contract/rule-set.ts';
import { type Change, describeSource } from './change.ts';

/** The properties of the whole contract, from its first file. */
export interface Head {
  /** `info.version` */
  version: string;
  /** The default base URL of the client. */
  server: string | undefined;
  /** The line of `servers`, counted from 1. */
  serversLine: number;
}

/**
 * @param file absolute path
 * @param name the name of this version of the contract in messages
 * @throws {Failure} if the contract cannot be read or has an invalid structure, as no engine could compare it
 */
export async function readHead(file: string, name: string): Promise<Head> {
  const contract = await openContract(file, await structuralRuleSet());
  const findings = await lintContract(contract);
  if (findings.length > 0) {
    throw new Failure(`The contract ${name} has ${countFindings(findings)}: nothing was compared.`, {
      findings,
    });
  }
  const { parsed, source } = contract.document;
  const { info, servers } = parsed as { info: { version: string }; servers?: { url: string }[] };
  const serversLine = source.getLines().findIndex((line) => line.startsWith('servers:')) + 1 || 1;
  return { version: info.version, server: servers?.[0]?.url, serversLine };
}

/** The change of the default server, which the engines do not report if servers are only reordered. */
export function compareDefaultServers(base: Head, now: Head, file: string): Change[] {
  if (base.server === now.server) return [];
  return [
    {
      bump: 'major',
      affects: 'callers',
      places: [],
      sources: [describeSource({ file, line: now.serversLine, removed: false })],
      text: `Without a \`baseUrl\`, the client calls ${now.server} and no longer ${base.server}.`,
    },
  ];
}
