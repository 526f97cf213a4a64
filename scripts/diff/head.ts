import { Failure } from '../cli/failure.ts';
import { countFindings } from '../cli/format-findings.ts';
import { lintContract } from '../contract/lint.ts';
import { openContract } from '../contract/open.ts';
import { structuralRuleSet } from '../contract/rule-set.ts';

/** The `info` of a contract. */
export interface Head {
  version: string;
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
  return (contract.document.parsed as { info: Head }).info;
}
