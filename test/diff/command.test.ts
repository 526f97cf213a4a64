import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { diff } from '../../scripts/diff/command.ts';
import { ProjectCopy } from '../helpers/project-copy.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

function git(project: ProjectCopy, ...args: string[]): void {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@nectar.example'];
  execFileSync('git', [...author, ...args], { cwd: project.root });
}

describe('npm run diff', () => {
  const project = new ProjectCopy();
  const spec = project.read('spec/openapi.yaml');
  beforeAll(() => {
    project.write('.gitignore', 'node_modules/\n');
    project.write('README.md', readme);
    git(project, 'init', '--quiet');
    for (const files of ['.gitignore', '.']) {
      git(project, 'add', files);
      git(project, 'commit', '--quiet', '--message', `Add ${files}`);
    }
  });
  afterAll(() => project[Symbol.dispose]());

  test('lists each change and who it affects, compiles old code, and says which version to write', async () => {
    const operation = 'spec/paths/invitation@connection@{connection_id}.yaml';
    project.edit(operation, (text) =>
      text.replace('operationId: createReconnectInvitation', 'operationId: invite'),
    );
    project.write(
      'spec/openapi.yaml',
      spec.replace('external.nectarclimate.com/v2\n', 'external.nectarclimate.com/v3\n'),
    );
    const { code, stdout, stderr } = await project.run(diff);
    project.edit(operation, (text) =>
      text.replace('operationId: invite', 'operationId: createReconnectInvitation'),
    );

    const line =
      readme.split('\n').findIndex((text) => text.includes('nectar.createReconnectInvitation(')) + 1;
    expect(stdout).toContain(`\
major    \`operationId\` of operation \`POST /invitation/connection/{connection_id}\` changed from 'createReconnectInvitation' to 'invite'.
         Affects callers and readers.
         POST /invitation/connection/{connection_id}
         ${operation}:4
`);
    expect(stdout).toContain(`\
major    Callers no longer compile: Property 'createReconnectInvitation' does not exist on type 'Client'. Did you mean 'createConnectionInvitation'?
         Affects callers and readers.
         README.md:${line} of the base
`);
    expect(stdout).toContain(
      'the client calls https://external.nectarclimate.com/v3 and no longer https://external.nectarclimate.com/v2.\n',
    );
    expect(stderr).toBe(
      'info.version is too low: write "version: 0.2.0" below "info:" in spec/openapi.yaml, and the same in package.json and package-lock.json.\n',
    );
    expect(code).toBe(1);
    expect(globSync('node_modules/.cache/*/diff*', { cwd: project.root })).toEqual([]);
  });

  test('passes if the version was raised enough, with a table for a pull request', async () => {
    project.write(
      'spec/openapi.yaml',
      spec
        .replace('version: 0.1.0', 'version: 0.1.1')
        .replace('name: MIT\n', 'name: "MIT | <MIT>\\n\\u001b"\n'),
    );
    const status = 'spec/components/schemas/InvitationStatus.yaml';
    project.edit(status, (text) => text.replace('It can still be used', 'It can be used'));
    const { code, stdout, stderr } = await project.run(diff, '--format', 'markdown', '--base', 'HEAD');
    expect(stdout).toBe(`\
## Changes of the contract

| bump | change | affects | where |
| --- | --- | --- | --- |
| **none** | \`name\` of \`license\` was changed from "MIT" to "MIT \\| &lt;MIT>\\n\\u001b". | nobody | \`spec/openapi.yaml:23\` |
| **none** | The meaning of ACTIVE in \`status\` was reworded. | nobody | \`POST /invitation/connection/{connection_id}\`<br>\`GET /invitation/company/{company_id}\`<br>\`POST /invitation/company/{company_id}\`<br>\`GET /invitation/{invitation_id}\`<br>\`${status}:5\` |

2 changes since HEAD. info.version: 0.1.0 at HEAD, 0.1.1 now.
`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('compares any two contracts, for people and for programs', async () => {
    const contract = (type: string) =>
      `openapi: 3.1.0\ninfo: { title: Farm, version: '2024' }\npaths:\n  /plots:\n    get:\n      responses:\n        '200':\n          description: 'Done, all: 100 %.'\n          headers:\n            Count:\n              schema: { type: ${type} }\n`;
    project.write('old.yaml', contract('integer'));
    project.write('new.yaml', contract('string'));
    const compare = (...args: string[]) => project.run(diff, 'old.yaml', 'new.yaml', ...args);
    const text = "Type widened from 'integer' to 'string'.";
    expect(await compare()).toEqual({
      code: 0,
      stderr: '',
      stdout: `major    ${text}\n         Affects readers of the response.\n         GET /plots\n         new.yaml:11\n\nOne change since old.yaml.\ninfo.version: 2024 at old.yaml, 2024 now. The change is a major one.\n`,
    });
    expect(JSON.parse((await compare('--format', 'json')).stdout)).toEqual({
      ref: 'old.yaml',
      version: { base: '2024', now: '2024', needed: '2024', bump: 'major' },
      changes: [
        { bump: 'major', affects: 'readers', places: ['GET /plots'], sources: ['new.yaml:11'], text },
      ],
    });
    expect((await compare('--format', 'github')).stdout).toBe(
      `::warning file=new.yaml,line=11,title=major::${text}\n`,
    );
    const { code, stderr } = await project.run(diff, 'old.yaml');
    expect([code, stderr]).toEqual([2, expect.stringContaining('It compares two files, or the contract')]);
    expect((await project.run(diff, 'old.yaml', 'none.yaml')).stderr).toBe(
      'There is no file none.yaml: name two contracts to compare.\n',
    );
  });

  test('compares nothing while the contract has findings', async () => {
    project.write('spec/openapi.yaml', spec.replace('\npaths:', '\npahts:'));
    const { code, stdout, stderr } = await project.run(diff);
    project.write('spec/openapi.yaml', spec);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/Did you mean paths or tags\?\n\n.* has one finding: nothing was compared\.\n$/);
  });

  test('says that there is no such commit', async () => {
    expect(await project.run(diff, '--base=--output=x')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'git has no commit --output=x. Name one that exists, such as HEAD~1, a branch or a tag, with --base.\n',
    });
    expect(project.exists('x')).toBe(false);
  });

  test('says that git is missing', async () => {
    vi.stubEnv('PATH', project.root);
    const { code, stderr } = await project.run(diff);
    vi.unstubAllEnvs();
    expect(stderr).toBe(
      'git is not installed, but the base is read from it. Install git and run the command again.\n',
    );
    expect(code).toBe(1);
  });

  test('says that the commit has no contract', async () => {
    expect(await project.run(diff, '--base', 'HEAD~1')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'There is no spec/openapi.yaml at HEAD~1: nothing can be compared. Name a commit that has one, with --base.\n',
    });
  });

  test('says that there is no repository', async () => {
    vi.stubEnv('GIT_DIR', join(project.root, 'none'));
    const { code, stderr } = await project.run(diff);
    vi.unstubAllEnvs();
    expect(stderr).toBe(
      'This folder is not under git: there is no base to compare with. Run the command in a clone of the project.\n',
    );
    expect(code).toBe(1);
  });

  test('says how it is called', async () => {
    expect(await project.run(diff, '--format', 'html')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        '--format takes text, markdown, json, github, but got "html".\nUsage: npm run diff -- [NAME... | BASE REVISION] [--base REF] [--format FORMAT]\n',
    });
  });
});
