import { chooseApis } from '../cli/apis.ts';
import { Failure } from '../cli/failure.ts';
import { formatFindings, type Shown } from '../cli/format-findings.ts';
import { formatFlag, readFormat } from '../cli/format-for-machines.ts';
import { runCommand } from '../cli/run-command.ts';
import { annotate, type Check, printReport, runCheck, toJson } from './run-check.ts';

const command = {
  call: 'npm run lint',
  about:
    'Checks the contracts that redocly.yaml names, all or those given, by its rules, their workflows, and redocly.yaml itself. Shows all findings together.',
  operands: '[NAME...]',
  flags: {
    all: { about: 'show every finding of the contracts with its code, where there are many' },
    format: formatFlag,
  },
  examples: ['npm run lint', 'npm run lint -- --all'],
  exitCodes: { 0: 'Nothing has an error.', 1: 'Something has an error.' },
} as const;

/**
 * `npm run lint`, with the arguments that follow it.
 *
 * @param others what it checks besides if no contract is named
 */
export async function lint(args: readonly string[], others: readonly Check[] = []): Promise<void> {
  const more = others.map(({ name }) => name).join(', ');
  const about = more === '' ? command.about : `${command.about} Without names, also checks ${more}.`;
  await runCommand({ ...command, about }, args, async ({ all = false, format: wanted }, names) => {
    const format = readFormat(wanted);
    const toSeeAll = ['npm run lint --', ...names, '--all'].join(' ');
    const contract = { name: 'contract', run: () => checkContracts(names, { all, toSeeAll }) };
    // Runs all checks in parallel, and each to its end, so that you see all findings.
    const checks = names.length > 0 ? [contract] : [contract, ...others];
    const reports = await Promise.all(checks.map(runCheck));
    if (format === 'json') console.log(JSON.stringify({ checks: reports.map(toJson) }, null, 2));
    else reports.forEach(format ? annotate : printReport);
    const failed = reports.filter(({ passed }) => !passed).map(({ name }) => name);
    if (failed.length > 0 && format) process.exitCode = 1;
    else if (failed.length > 0) throw new Failure(`Not clean: ${failed.join(', ')}.`);
  });
}

async function checkContracts(names: readonly string[], shown: Shown): ReturnType<Check['run']> {
  try {
    const { findFaults } = await import('./contracts.ts');
    const findings = await findFaults(chooseApis(names));
    const passed = findings.every(({ severity }) => severity === 'warning');
    return { passed, output: formatFindings(findings, shown), findings };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.exitCode === 2) throw error;
    const { findings, message } = error;
    return {
      passed: false,
      output: `${formatFindings(findings, shown)}${message}`,
      ...(findings.length > 0 && { findings }),
    };
  }
}
