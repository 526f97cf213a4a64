import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
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
import { type Change, pathWithin, strictest } from './change.ts';
import { type Comparison, formats } from './report.ts';
import { isAtLeast, isVersion, versionAfter } from './version.ts';

const command = {
  call: 'npm run diff',
  about:
    'Compares the contracts that redocly.yaml names, all or those given, with those of a commit, or any two files: each change, whom it affects, and the version that they need.',
  operands: '[NAME... | BASE REVISION]',
  flags: {
    base: { value: 'REF', about: 'the commit, branch or tag to compare with (default: HEAD)' },
    format: { value: 'FORMAT', about: 'text (default), markdown for a pull request, json, or github' },
  },
  examples: [
    'npm run diff',
    'npm run diff -- --base v0.1.0 --format markdown',
    'npm run diff -- old.yaml new.yaml',
  ],
  exitCodes: {
    0: 'info.version is high enough for what has changed; or two files were compared.',
    1: 'info.version is too low, or the two cannot be compared.',
  },
} as const;

/** `npm run diff`, with the arguments that follow it. */
export async function diff(args: readonly string[]): Promise<void> {
  await runCommand(command, args, async ({ base, format = 'text' }, names) => {
    if (!isFormat(format))
      throw wrongCall(`--format takes ${Object.keys(formats).join(', ')}, but got "${format}".`);
    if (names.some((name) => /\.(?:ya?ml|json)$/.test(name))) {
      const [before, now, ...others] = names;
      if (!now || !before || others.length > 0 || base)
        throw wrongCall('It compares two files, or the contracts of redocly.yaml with those of --base.');
      console.log(printable(formats[format](await compareFiles(before, now))));
      return;
    }
    await forEachApi(chooseApis(names).map(targetOf), async (target) => {
      const spec = pathWithin(projectRoot(), target.spec);
      const comparison = await compareWith(base ?? 'HEAD', target, spec);
      console.log(printable(formats[format](comparison)));
      const { now, needed } = comparison.version;
      if (isAtLeast(now, needed)) return;
      throw new Failure(
        `info.version is too low: write "version: ${needed}" below "info:" in ${spec}${alsoIn(now)}.`,
      );
    });
  });
}

function isFormat(format: string): format is keyof typeof formats {
  return Object.hasOwn(formats, format);
}

/** The files of npm that have the version of the contract, which is to be raised there as well. */
function alsoIn(version: string): string {
  const files = ['package.json', 'package-lock.json'].filter((name) => {
    const path = join(projectRoot(), name);
    // The first is that of the project.
    return existsSync(path) && /"version": *"([^"]*)"/.exec(readFileSync(path, 'utf8'))?.[1] === version;
  });
  return files.length > 0 ? `, and the same in ${files.join(' and ')}` : '';
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
  const { checkSamples } = await import('./samples.ts');
  // Redocly is a separate process: compile the samples while it runs.
  const compared = compare(
    { root: base.root, file: spec, name: `at ${ref}` },
    { root: projectRoot(), file: spec, name: 'now' },
    base.folder,
    () => checkSamples(base.root, files),
  );
  return { ref, ...(await compared) };
}

/** Compares two files, of any contracts. */
async function compareFiles(base: string, revision: string): Promise<Comparison> {
  const folder = mkdtempSync(join(tmpdir(), 'diff-'));
  try {
    const [before, now] = [base, revision].map((file) => {
      const path = resolve(file);
      if (!existsSync(path)) throw new Failure(`There is no file ${file}: name two contracts to compare.`);
      return { root: dirname(path), file: basename(path), name: file };
    }) as [Version, Version];
    return { ref: base, ...(await compare(before, now, folder)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One version of a contract: a file within a root, and its name in messages. */
interface Version {
  root: string;
  file: string;
  name: string;
}

async function compare(
  base: Version,
  revision: Version,
  folder: string,
  findMore: () => Change[] = () => [],
): Promise<Omit<Comparison, 'ref'>> {
  const [{ compareContracts }, { readHead }] = await Promise.all([
    import('./compare.ts'),
    import('./head.ts'),
  ]);
  const [before, now] = await Promise.all(
    [base, revision].map(({ root, file, name }) => readHead(join(root, file), name)),
  );
  const report = join(folder, 'redocly.json');
  const compared = compareContracts(base.root, revision.root, base.file, report, revision.file);
  const more = findMore();
  const changes = [...(await compared), ...more];
  const bump = strictest(changes);
  const version = before?.version ?? '';
  const needed = bump && isVersion(version) ? versionAfter(version, bump) : version;
  return { changes, version: { base: version, now: now?.version ?? '', needed, bump } };
}
