import { displayPath } from '../cli/display-path.ts';
import { Failure } from '../cli/failure.ts';
import { countFindings } from '../cli/format-findings.ts';
import { bundleContract } from '../contract/bundle.ts';
import { lintContract } from '../contract/lint.ts';
import { openContract } from '../contract/open.ts';
import { loadRuleSet } from '../contract/rule-set.ts';

/**
 * Reads the contract as one document, after checking it with the same rules as gen.
 *
 * @throws {Failure} if it has findings
 */
export async function readContract({ spec, rules }: { spec: string; rules: string }): Promise<object> {
  const contract = await openContract(spec, await loadRuleSet(rules));
  const findings = await lintContract(contract);
  if (findings.length > 0) {
    throw new Failure(`${displayPath(spec)} has ${countFindings(findings)}: the docs were not built.`, {
      findings,
    });
  }
  return (await bundleContract(contract)).bundle;
}
