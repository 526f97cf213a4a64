import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { targetFor } from '../../scripts/cli/apis.ts';
import { Failure } from '../../scripts/cli/failure.ts';
import { silentStep } from '../../scripts/cli/steps.ts';
import { gen } from '../../scripts/generate/command.ts';
import { generate } from '../../scripts/generate/generate.ts';
import { ProjectCopy } from '../helpers/project-copy.ts';

const contract = `openapi: 3.0.3
info: { title: Of another team, version: 1.0.0 }
paths:
  /parcels:
    get:
      operationId: list-parcels
      responses: { '200': { description: no full stop, content: { text/plain: { schema: { type: string } } } } }
`;

describe('gen -- --spec FILE --out FOLDER', () => {
  test('generates from another contract, without our style rules, and does not change generated/', async () => {
    using project = new ProjectCopy();
    const generated = project.snapshot('generated');
    project.write('theirs/contract.yaml', contract);
    const theirs = ['--spec', 'theirs/contract.yaml', '--out', 'theirs/client'];
    expect(await project.run(gen, ...theirs)).toMatchObject({ code: 0, stderr: '' });
    expect(project.read('theirs/client/openapi.yaml')).toContain('title: Of another team\n');
    expect((await project.run(gen, ...theirs, '--check')).code).toBe(0);
    expect(project.snapshot('generated')).toEqual(generated);

    // The output follows the project around it.
    expect(project.read('theirs/client/index.ts')).toContain("from './client.ts'");
    project.write(
      'theirs/tsconfig.json',
      '{ "compilerOptions": { "module": "NodeNext", "target": "ES2022" } }',
    );
    expect(await project.run(gen, ...theirs)).toMatchObject({ code: 0, stderr: '' });
    expect(project.read('theirs/client/index.ts')).toContain("from './client.js'");
    expect(project.read('theirs/client/client.ts')).not.toContain(".ts'");

    project.remove('theirs/client/schema.ts');
    const { stderr } = await project.run(gen, ...theirs, '--check');
    expect(stderr).toContain(
      'Run `npm run gen -- --spec theirs/contract.yaml --out theirs/client` and commit the result.',
    );
  });

  test('never replaces a folder with files that it did not write', async () => {
    using project = new ProjectCopy();
    project.write('contract.yaml', contract);
    const { code, stderr } = await project.run(gen, '--spec', 'contract.yaml', '--out', 'spec');
    expect(stderr).toMatch(/^spec contains \S+, which gen did not write\. /);
    expect(code).toBe(1);
    expect(project.exists('spec/openapi.yaml')).toBe(true);
  });
});

describe('gen -- --spec FILE --out FOLDER --lint', () => {
  const project = new ProjectCopy();
  const theirs = ['--spec', 'contract.yaml', '--out', 'client'];
  const sound = `${contract}servers: [{ url: https://parcels.example }]\nsecurity: []\n`.replace(
    /^ *operationId/m,
    '      summary: List parcels\n$&',
  );
  afterAll(() => project[Symbol.dispose]());

  /** The rules that stop a contract. */
  async function findings(text: string, lint: 'recommended' | 'project'): Promise<string[]> {
    project.write('contract.yaml', text);
    const target = targetFor(join(project.root, 'contract.yaml'), join(project.root, 'client'), { lint });
    const failure = await generate(target, silentStep).catch((error: Failure) => error);
    return failure instanceof Failure ? failure.findings.map(({ rule }) => rule) : [];
  }

  test('recommended stops at an error of Redocly', async () => {
    expect(await findings(sound.replace('security: []', ''), 'recommended')).toEqual(['security-defined']);
  });

  test('recommended accepts a mapping by names, and an example whose schema its validator does not support', async () => {
    const any =
      "application/json: { schema: { $ref: '#/components/schemas/Any' }, example: { kind: Box, size: 1 } }";
    const text = sound.replace('text/plain: { schema: { type: string } }', any);
    const schemas = `components:
  schemas:
    Any: { oneOf: [{ $ref: '#/components/schemas/Box' }, { $ref: '#/components/schemas/Bag' }], discriminator: { propertyName: kind MAPPING } }
    Base: { type: object, required: [kind], properties: { kind: { type: string } } }
    Box: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { size: { type: integer } } }] }
    Bag: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { weight: { type: integer } } }] }
`;
    const warnings = async (mapping: string) => {
      project.write('contract.yaml', text + schemas.replace(' MAPPING', mapping));
      const spec = join(project.root, 'contract.yaml');
      const found = await generate(
        targetFor(spec, join(project.root, 'client'), { lint: 'recommended' }),
        silentStep,
      );
      const style = ['info-license', 'operation-4xx-response'];
      return found.warnings.map(({ rule }) => rule).filter((rule) => !style.includes(rule));
    };
    expect(await warnings('')).toEqual([]);
    expect(await warnings(', mapping: { Box: Box, Bag: Bag }')).toEqual([]);
  });

  test('project stops at a violation of the rules that redocly.yaml has for every contract', async () => {
    const rules = await findings(sound, 'project');
    expect(rules).toContain('info-license');
  });

  test('recommended shows the warnings of Redocly, and goes on', async () => {
    project.write('contract.yaml', sound);
    const { code, stdout, stderr } = await project.run(gen, ...theirs, '--lint', 'recommended');
    expect(stdout).toContain(
      '  warning contract.yaml:8:7: Operation must have at least one `4XX` response.\n',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    project.remove('client/schema.ts');
    const check = await project.run(gen, ...theirs, '--lint', 'recommended', '--check');
    expect(check.stderr).toContain(
      'Run `npm run gen -- --spec contract.yaml --out client --lint recommended` ',
    );
  });
});

describe('an invalid call shows the usage, and exits with 2', () => {
  const usage =
    'Usage: npm run gen -- [NAME...] [--check] [--watch] [--spec FILE] [--out FOLDER] [--lint RULES] [--overlay FILE] [--only SELECTORS] [--extension EXTENSION] [--format FORMAT] [--all] [--allow-remote]\n';
  test.for([
    [['--chekc'], 'There is no flag --chekc. Did you mean --check?'],
    [['--spec'], '--spec needs a value.'],
    [['--spec', '--out', 'x'], '--spec needs a value.'],
    [['--check=yes'], '--check takes no value, but got "yes".'],
    [['nectra'], 'redocly.yaml has no contract "nectra". Did you mean nectar? It has: nectar.'],
    [['check'], 'redocly.yaml has no contract "check". It has: nectar.'],
    [
      ['--spec', 'https://parcels.example/openapi.yaml', '--out', 'x'],
      'https://parcels.example/openapi.yaml is on a server. Add --allow-remote if you trust what stands there.',
    ],
    [
      ['--spec', 'http://parcels.example/openapi.yaml', '--out', 'x', '--allow-remote'],
      '--spec takes a file or an https address, but got http://parcels.example/openapi.yaml.',
    ],
    [
      ['nectar', '--spec', 'x.yaml', '--out', 'x'],
      '--spec and --out go together, without names, and --lint, --overlay, --only, --allow-remote and --extension only with them. For a contract of redocly.yaml, write them there, below x-client.',
    ],
    [
      ['--spec', 'x.yaml'],
      '--spec and --out go together, without names, and --lint, --overlay, --only, --allow-remote and --extension only with them. For a contract of redocly.yaml, write them there, below x-client.',
    ],
    [
      ['--lint', 'project'],
      '--spec and --out go together, without names, and --lint, --overlay, --only, --allow-remote and --extension only with them. For a contract of redocly.yaml, write them there, below x-client.',
    ],
    [
      ['--spec', 'x.yaml', '--out', 'x', '--lint', 'strict'],
      '--lint takes off, recommended, project, but got "strict".',
    ],
    [
      ['--spec', 'x.yaml', '--out', 'x', '--extension', 'mts'],
      '--extension takes ts, js, none, but got "mts".',
    ],
    [['--check', '--watch'], '--check runs once, and --watch goes on: use one of them.'],
  ] as const)('%s', async ([args, message]) => {
    const printed = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => {
      printed.mockRestore();
      process.exitCode = undefined;
    });
    await gen(args);
    expect(printed.mock.calls).toEqual([[`${message}\n${usage}`]]);
    expect(process.exitCode).toBe(2);
  });
});
