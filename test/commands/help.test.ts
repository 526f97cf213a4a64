import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { type Ended, runNode } from '../helpers/project-copy.ts';

const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(join(toolchainRoot, 'package.json'), 'utf8'),
);

/** The help of the tests is that of vitest; npm alone calls prepack. */
const commands = Object.keys(scripts).filter((name) => !['test', 'test:long', 'prepack'].includes(name));

/** Runs a script of package.json as npm would, with arguments after its own. */
function runScript(name: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const shell = execFile(
      'sh',
      ['-c', [scripts[name], ...args].join(' ')],
      { cwd: toolchainRoot, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined } },
      (_error, stdout, stderr) => resolve({ code: shell.exitCode, stdout, stderr }),
    );
  });
}

describe.concurrent('--help', () => {
  test.for(commands)(
    'of npm run %s prints everything that a caller must know, and does nothing else',
    async (name, { expect }) => {
      const { code, stdout, stderr } = await runScript(name, '--help');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const [about, usage = '', flags = '', examples = '', exitCodes, ...rest] = stdout
        .trimEnd()
        .split('\n\n');
      expect(about).toMatch(/^[A-Z][\s\S]+\.$/);
      expect(usage.startsWith(`Usage: npm run ${name}`)).toBe(true);
      expect(exitCodes).toMatch(
        /^Exit codes:\n {2}0 {2}\S.*\.[\s\S]*\n {2}1 {2}[\s\S]*\n {2}2 {2}.*invalid\.$/,
      );
      expect(rest).toEqual([]);

      const described = Array.from(flags.matchAll(/^ {2}(--[\w-]+)/gm), ([, flag]) => flag);
      const used = `${usage}\n${examples}`.match(/(?<= |\[)--[\w-]+/g) ?? [];
      expect([...described, '-h, --help']).toHaveLength(flags.match(/^ {2}-/gm)?.length ?? 0);
      expect(described.filter((flag) => !usage.includes(flag ?? ''))).toEqual([]);
      expect(used.filter((flag) => !described.includes(flag))).toEqual([]);
      expect(
        Math.max(
          ...[about, flags]
            .join('\n')
            .split('\n')
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(100);
    },
  );

  test('is also -h, and overrides all other arguments', async ({ expect }) => {
    const long = await runNode(['scripts/openapi-once.ts', 'gen', '--help']);
    const short = await runNode([
      'scripts/openapi-once.ts',
      'gen',
      '--spec',
      'nowhere.yaml',
      '--chekc',
      '-h',
    ]);
    expect(short).toEqual(long);
  });
});

test('an unknown flag is refused with a suggestion', async ({ expect }) => {
  expect(await runNode(['scripts/openapi-once.ts', 'mock', '--prot', '4011'])).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'There is no flag --prot. Did you mean --port?\nUsage: npm run mock -- [NAME] [--port NUMBER] [--host ADDRESS]\n',
  });
});

test('an unknown part of the bench is refused before anything is installed', async ({ expect }) => {
  const { code, stdout, stderr } = await runNode(['test/bench/bench.ts', 'gorwth']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(
    'There is no part gorwth. Take this, files, github, growth, calls, sandbox.\nUsage: npm run bench -- [PART...]\n',
  );
});
