import { dirname, join } from 'node:path';
import { type Api, isUrl } from '../cli/apis.ts';
import type { Finding } from '../cli/finding.ts';
import { lintContract } from '../contract/lint.ts';
import { openContract } from '../contract/open.ts';
import { lintRuleSet, loadProject, ruleSetFor } from '../contract/rule-set.ts';
import { lintWorkflows } from '../contract/workflows.ts';

/**
 * The findings in redocly.yaml, in the contracts that it names, and in their workflows.
 *
 * @throws {Failure} if one of them cannot be read
 */
export async function findFaults(apis: readonly Api[]): Promise<Finding[]> {
  const config = apis[0]?.config;
  const found = config === undefined ? [] : [await lintRuleSet(await loadProject(config))];
  for (const api of apis) {
    const rules = await ruleSetFor(api);
    found.push(await lintContract(await openContract(api.spec, rules, api.allowRemote)));
    if (!isUrl(api.spec)) found.push(await lintWorkflows(join(dirname(api.spec), 'workflows'), rules.config));
  }
  return found.flat();
}
