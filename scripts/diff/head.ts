import { Failure } from '../cli/failure.ts';
import { countFindings } from '../cli/format-findings.ts';
import { lintContract } from '../contract/lint.ts';
import { openContract } from '../contract/open.ts';
import { structuralRuleSet } from '../contract/rule-set.ts';
import { type Change, describeSource } from './change.ts';

/** What the first file of a contract says of the whole. */
export interface Head {
  /** `info.version` */
  version: string;
  /** The address that the client calls when it is given none. */
  server: string | undefined;
  /** The line of `servers`, counted from 1. */
  serversLine: number;
}

/**
 * @param file absolute path
 * @param name what a message calls this version of the contract
 * @throws {Failure} when the contract cannot be read or its structure is not sound: no engine could compare it
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

/** The change that only a client notices: to the engines, servers that changed places are the same servers. */
export function compareDefaultServers(base: Head, now: Head, file: string): Change[] {
  if (base.server === now.server) return [];
  return [
    {
      bump: 'major',
      affects: 'callers',
      places: [],
      sources: [describeSource({ file, line: now.serversLine, gone: false })],
      text: `Without a \`baseUrl\`, the client calls ${now.server} and no longer ${base.server}.`,
    },
  ];
}
