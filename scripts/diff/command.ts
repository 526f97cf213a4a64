import { join } from 'node:path';
import { chooseApis, type Target, targetOf } from '../cli/apis.ts';
import { Failure } from '../cli/failure.ts';
import { wrongCall } from '../cli/flags.ts';
import { forEachApi } from '../cli/for-each-api.ts';
import { countFindings } from '../cli/format-findings.ts';
import { printable } from '../cli/printable.ts';
import { projectRoot } from '../cli/project.ts';
import { runCommand } from '../cli/run-command.ts';
import { silentStep } from '../cli/steps.ts';
import { generate } from '../generate/generate.ts';
import { unpackBase } from './base.ts';
import { pathWithin, strictest } from './change.ts';
import { type Comparison, formats } from './report.ts';
import { isAtLeast, versionAfter } from './version.ts';

const command = {
  call: 'npm run diff',
  about:
    'Compares the contracts that redocly.yaml names, all or those given, with those of a commit: each change, whom it affects, and the version that they need.',
  operands: '[NAME...]',
  flags: {
    base: { value: 'REF', about: 'the commit, branch or tag to compare with (default: HEAD)' },
    format: { value: 'FORMAT', about: 'text (default), or markdown for a pull request' },
  },
  examples: ['npm run diff', 'npm run diff -- --base v0.1.0 --format markdown'],
  exitCodes: {
    0: 'info.version is high enough for what has changed.',
    1: 'info.version is too low, or the two cannot be compared.',
  },
} as const;

/** `npm run diff`, with the arguments that follow it. */
export async function diff(args: readonly string[]): Promise<void> {
  await runCommand(command, args, async ({ base = 'HEAD', format = 'text' }, names) => {
    if (!isFormat(format)) throw wrongCall(`--format takes text or markdown, but got "${format}".`);
    await forEachApi(chooseApis(names).map(targetOf), async (target) => {
      const spec = pathWithin(projectRoot(), target.spec);
      const comparison = await compareWith(base, target, spec);
      console.log(printable(formats[format](comparison)));
      const { now, needed } = comparison.version;
      if (isAtLeast(now, needed)) return;
      throw new Failure(
        `info.version is too low: write "version: ${needed}" below "info:" in ${spec}, and the same in package.json.`,
      );
    });
  });
}

function isFormat(format: string): format is keyof typeof formats {
  return Object.hasOwn(formats, format);
}

/** Reports findings like gen, without the sentence that nothing was generated. */
function refuseToCompare(error: unknown, spec: string): never {
  if (!(error instanceof Failure) || error.findings.length === 0) throw error;
  const { findings } = error;
  throw new Failure(`${spec} has ${countFindings(findings)}: nothing was compared.`, { findings });
}

async function compareWith(ref: string, target: Target, spec: string): Promise<Comparison> {
  using base = await unpackBase(ref, spec);
  // The client that callers would compile with. The style of an unfinished contract does not matter.
  const { files } = await generate({ ...target, lint: 'off' }, silentStep).catch((error) =>
    refuseToCompare(error, spec),
  );
  const [{ compareContracts }, { checkSamples }, { compareDefaultServers, readHead }] = await Promise.all([
    import('./compare.ts'),
    import('./samples.ts'),
    import('./head.ts'),
  ]);
  const [before, now] = await Promise.all([
    readHead(join(base.root, spec), `at ${ref}`),
    readHead(target.spec, 'now'),
  ]);
  // The engines are separate processes: compile the samples while they run.
  const compared = compareContracts(base.root, projectRoot(), spec, join(base.folder, 'redocly.json'));
  const broken = checkSamples(base.root, files);
  const changes = [...compareDefaultServers(before, now, spec), ...(await compared), ...broken];
  const bump = strictest(changes);
  const needed = bump === undefined ? before.version : versionAfter(before.version, bump);
  return { ref, changes, version: { base: before.version, now: now.version, needed, bump } };
}
