import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseYaml } from '@redocly/openapi-core';
import { expect, onTestFinished, test } from 'vitest';
import { gen } from '../../scripts/generate/command.ts';
import { newPart } from '../../scripts/new/command.ts';
import { type Facts, readFacts } from '../contract/facts/read-facts.ts';
import { ProjectCopy } from '../helpers/project-copy.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

/** A part of CONTRIBUTING.md, followed in a copy of the project. */
function readSteps(title: string) {
  const project = new ProjectCopy();
  onTestFinished(() => project[Symbol.dispose]());
  cpSync(join(root, 'test/contract'), join(project.root, 'test/contract'), { recursive: true });
  const blocks = blocksOf(title);
  const printed = blocks.filter(({ language }) => language === 'text').map(({ content }) => content);
  const apply = () => {
    for (const { file, language, content } of blocksOfFiles(blocks)) {
      if (language === 'text') continue;
      if (language === 'diff') project.edit(file, (before) => applyHunks(before, content));
      else project.write(file, content);
    }
  };
  const facts = async (name: string): Promise<Facts> => {
    const module = await import(join(project.root, `test/contract/facts/${name}.ts`));
    return module[name];
  };
  return { project, printed, apply, facts };
}

test('the operation of CONTRIBUTING.md can be added by its steps', async () => {
  const { project, printed, apply, facts } = readSteps('Add an operation in three minutes');
  const created = await project.run(newPart, 'operation', 'GET', '/site/{site_id}');
  expect(created).toEqual({ code: 0, stdout: printed[0], stderr: '' });

  apply();
  const parameter = 'spec/components/parameters/SiteId.yaml';
  const complete = project.read(parameter);
  project.write(
    parameter,
    complete.replace(/description: .*/, 'description: TODO. What the operation is about.'),
  );
  const unfinished = await project.run(gen);
  expect({ code: unfinished.code, stderr: unfinished.stderr }).toEqual({ code: 1, stderr: printed[1] });

  project.write(parameter, complete);
  expect(await project.run(gen)).toMatchObject({ code: 0, stderr: '' });
  expect(project.read('generated/client.ts')).toContain('getSite(siteId: string, options?: CallOptions)');
  expect(readFacts(parseYaml(project.read('generated/openapi.yaml')))).toMatchObject(await facts('sites'));
});

test('the webhook of CONTRIBUTING.md can be added by its steps', async () => {
  const { project, apply, facts } = readSteps('Add a webhook');
  expect(await project.run(newPart, 'webhook', 'document.created.v2')).toMatchObject({
    code: 0,
    stderr: '',
  });
  expect(await project.run(gen)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/contract\/no-todo[\s\S]*one finding: nothing was generated/),
  });

  apply();
  expect(await project.run(gen)).toMatchObject({ code: 0, stderr: '' });
  expect(project.read('generated/webhooks.ts')).toContain(
    "'document.created.v2': DocumentEvent & { eventType: 'document.created.v2' };",
  );
  expect(readFacts(parseYaml(project.read('generated/openapi.yaml')))).toMatchObject(await facts('webhooks'));
});

interface Block {
  /** The paragraph before it. */
  introduction: string;
  language: string;
  content: string;
}

/** The code blocks of the part with this heading. */
function blocksOf(title: string): Block[] {
  const [, part = ''] = text.split(`\n## ${title}\n`);
  const [body = ''] = part.split(/^## /m);
  return Array.from(
    body.matchAll(/((?:.+\n)+)\n```(\w+)\n([\s\S]*?)```\n/g),
    ([, introduction = '', language = '', content = '']) => ({ introduction, language, content }),
  );
}

/** The blocks that are a file, or a change of one: the path is the last thing in backticks before them. */
function blocksOfFiles(blocks: Block[]): { file: string; language: string; content: string }[] {
  return blocks.flatMap(({ introduction, ...block }) => {
    const file = Array.from(
      introduction.matchAll(/`((?:spec|scripts|test)\/[^`]+\.\w+)`/g),
      ([, path]) => path,
    ).at(-1);
    return file === undefined ? [] : [{ file, ...block }];
  });
}

/** Applies a diff whose hunks are told from each other by `@@` alone, and found by their lines. */
function applyHunks(before: string, diff: string): string {
  return diff.split('@@\n').reduce((unchanged, hunk) => {
    const lines = hunk.trimEnd().split('\n');
    const from = lines.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
    const to = lines.filter((line) => !line.startsWith('-')).map((line) => line.slice(1));
    expect(unchanged).toContain(from.join('\n'));
    return unchanged.replace(from.join('\n'), () => to.join('\n'));
  }, before);
}
