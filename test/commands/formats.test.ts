import { afterEach, describe, expect, test, vi } from 'vitest';
import { refuseTakenFlags } from '../../scripts/cli/npm-flags.ts';
import { loadProject } from '../../scripts/contract/rule-set.ts';
import { lintWorkflows } from '../../scripts/contract/workflows.ts';
import { gen } from '../../scripts/generate/command.ts';
import { annotate, toJson } from '../../scripts/lint/run-check.ts';
import { ProjectCopy } from '../helpers/project-copy.ts';

const contract = (more: string) =>
  `openapi: 3.1.0\ninfo: { title: Farm, version: '1' }\npaths:\n  /plots:\n    get:\n${more}      responses: { '200': { description: Done. } }\n`;

describe('--format of gen', () => {
  const args = ['--spec', 'farm/openapi.yaml', '--out', 'farm/out'];

  test('prints the findings of a refusal as data, or as annotations', async () => {
    using project = new ProjectCopy();
    project.write('farm/openapi.yaml', contract('      sumary: "a, b: 100 %"\n      operationId: [plots]\n'));
    const json = await project.run(gen, ...args, '--format', 'json');
    expect({ ...json, stdout: JSON.parse(json.stdout) }).toMatchObject({
      code: 1,
      stderr: '',
      stdout: {
        message: expect.stringContaining('nothing was generated'),
        findings: [{ file: 'farm/openapi.yaml', line: 7, rule: 'struct', severity: 'error', others: [] }],
      },
    });
    const github = await project.run(gen, ...args, '--format', 'github');
    expect(github.stdout).toMatch(
      /^::error file=farm\/openapi\.yaml,line=7,col=\d+,title=struct::[^\n]+%0A[^\n]+\n/,
    );
    expect(project.exists('farm/out')).toBe(false);
  });

  test('prints the warnings of each run, and nothing else', async () => {
    using project = new ProjectCopy();
    project.write('farm/openapi.yaml', contract('      sumary: "a, b: 100 %"\n'));
    for (let run = 0; run < 2; run++) {
      const { code, stdout, stderr } = await project.run(gen, ...args, '--format', 'json');
      expect({ code, stderr, findings: JSON.parse(stdout).findings }).toMatchObject({
        code: 0,
        stderr: '',
        findings: [{ line: 6, severity: 'warning', message: expect.stringContaining('sumary') }],
      });
    }
    expect((await project.run(gen, '--format', 'xml')).stderr).toMatch(
      /^--format takes text, json or github, but got "xml"\.\n/,
    );
  });
});

test('a check of lint as JSON, and as an annotation', () => {
  const report = { name: 'links', passed: false, output: 'One, two: three\n', time: 1 };
  expect(toJson(report)).toEqual({ name: 'links', passed: false, output: 'One, two: three\n' });
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  annotate(report);
  expect(log.mock.calls).toEqual([['::error title=links::One, two: three%0A']]);
});

test('a workflow that calls what does not exist is a finding', async () => {
  using project = new ProjectCopy();
  project.edit('spec/workflows/life.arazzo.yaml', (text) =>
    text
      .replace('nectar.getConnection\n', 'nectar.getConection\n')
      .replace('sandbox.steer', 'sandbox.ping')
      .replace('url: ../openapi.yaml', "url: '../openapi.yaml'"),
  );
  project.edit('spec/workflows/reconnect.arazzo.yaml', (text) =>
    text.replace('../openapi.yaml', 'none.yaml'),
  );
  const found = await lintWorkflows(
    `${project.root}/spec/workflows`,
    await loadProject(`${project.root}/redocly.yaml`),
  );
  expect(found.map(({ rule, line, message, advice }) => [rule, line, message, advice])).toEqual([
    ['workflow-operations', 63, 'There is no operation ping in sandbox.', expect.stringMatching(/./)],
    [
      'workflow-operations',
      75,
      'There is no operation getConection in nectar.',
      'Did you mean getConnection?',
    ],
    [
      'workflow-operations',
      expect.any(Number),
      expect.stringMatching(/^There is no file /),
      expect.any(String),
    ],
  ]);
});

describe('flags before --', () => {
  afterEach(() => void vi.unstubAllEnvs());

  test('are refused, as npm keeps them: gen would write', async () => {
    using project = new ProjectCopy();
    project.edit('spec/openapi.yaml', (text) => text.replace('title: ', 'title: New '));
    const before = project.read('generated/openapi.yaml');
    vi.stubEnv('npm_lifecycle_event', 'gen');
    vi.stubEnv('npm_config_check', 'true');
    const { code, stdout, stderr } = await project.run(gen);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^npm has taken --check for itself\. Write: npm run gen -- --check\nUsage: /);
    expect(project.read('generated/openapi.yaml')).toBe(before);
  });

  test('of another script are not those of this one', () => {
    const mock = {
      call: 'npm run mock',
      about: '',
      examples: [],
      exitCodes: {},
      flags: { port: { value: 'N', about: '' } },
    };
    const environment = { npm_config_port: '4011' };
    expect(() => refuseTakenFlags(mock, { ...environment, npm_lifecycle_event: 'test' })).not.toThrow();
    expect(() => refuseTakenFlags(mock, { ...environment, npm_lifecycle_event: 'mock' })).toThrow(
      'npm has taken --port 4011 for itself. Write: npm run mock -- --port 4011',
    );
  });
});
