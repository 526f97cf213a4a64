import { afterAll, describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { gen } from '../../scripts/generate/command.ts';
import { newPart } from '../../scripts/new/command.ts';
import { ProjectCopy } from '../helpers/project-copy.ts';

const project = new ProjectCopy();
afterAll(() => project[Symbol.dispose]());
const usage = 'Usage: npm run new -- [NAME] (operation METHOD PATH | webhook NAME | schema NAME)\n';

describe('npm run new', () => {
  test.for([
    [['thing'], 'Say what to create: operation, webhook or schema, not "thing".'],
    [
      ['operation', 'GET', 'site'],
      '"site" is not a path. It starts with a slash, and its parameters are in braces:',
    ],
    [
      ['operation', 'FETCH', '/site'],
      'An operation is a method and a path, such as: operation GET /site/{site_id}.',
    ],
    [['webhook', 'created'], 'A webhook has the name of its event, such as: webhook document.created.v2.'],
    [['schema', 'Date'], 'No schema can be named Date: its type would have the name of a global object'],
    [['schema', '../Site'], 'A schema has a name in PascalCase, such as: schema Site.'],
  ] as const)('refuses %s, and says how it is called', async ([args, message]) => {
    const { code, stdout, stderr } = await project.run(newPart, ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(message)).toBe(true);
    expect(stderr.endsWith(usage)).toBe(true);
  });

  test.for([
    [['operation', 'get', '/ping'], 'The contract has GET /ping already. Nothing was written.\n'],
    [
      ['webhook', 'connection.created.v2'],
      'The contract has the webhook connection.created.v2 already. Nothing was written.\n',
    ],
    [['schema', 'Company'], 'The contract has the schema Company already. Nothing was written.\n'],
  ] as const)('does not overwrite %s', async ([args, stderr]) => {
    const before = project.snapshot('spec');
    expect(await project.run(newPart, ...args)).toEqual({ code: 1, stdout: '', stderr });
    expect(project.snapshot('spec')).toEqual(before);
  });

  test('keeps comments and an indentation by four, and refuses what cannot be edited with its place', async () => {
    using copy = new ProjectCopy();
    const root = 'spec/openapi.yaml';
    const wide = parseDocument(copy.read(root)).toString({ indent: 4, lineWidth: 0 });
    copy.write(root, wide);
    expect((await copy.run(newPart, 'webhook', 'document.created.v2')).stderr).toBe('');
    expect(copy.read(root).replace(/\n +document\.created\.v2:\n.*/, '')).toBe(wide);
    // The linter reads this, and the library that edits does not.
    copy.write(root, wide.replace(/^tags:$/m, 'x-note: "one\ntwo"\ntags:'));
    const { code, stdout, stderr } = await copy.run(newPart, 'webhook', 'document.deleted.v2');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^spec\/openapi\.yaml:\d+:\d+ cannot be edited: .+ Fix that first: nothing was written\.\n$/,
    );
  });

  test('adds a method to an existing path, with its tag, so that only TODOs are left', async () => {
    using copy = new ProjectCopy();
    expect((await copy.run(newPart, 'operation', 'POST', '/ping')).code).toBe(0);
    expect(copy.read('spec/paths/ping.yaml')).toMatch(
      /^post:\n {2}operationId: createPing\n[\s\S]* {2}tags: \[Service\]\n/m,
    );
    const { stderr } = await copy.run(gen);
    expect(stderr.match(/ error .*/g)).toEqual([' error contract/no-todo']);
  });
});
