import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseYaml } from '@redocly/openapi-core';
import { afterAll, expect, test } from 'vitest';
import { type Facts, readFacts } from '../contract/facts/read-facts.ts';
import { ProjectCopy } from '../helpers/project-copy.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

const project = new ProjectCopy();
afterAll(() => project[Symbol.dispose]());

test('the operation of CONTRIBUTING.md can be added as it says', { timeout: 30_000 }, async () => {
  cpSync(join(root, 'test/contract'), join(project.root, 'test/contract'), { recursive: true });
  for (const { file, language, content } of blocksOfFiles()) {
    if (language === 'diff') project.edit(file, (before) => applyHunks(before, content));
    else project.write(file, content);
  }

  const path = 'spec/paths/site@{site_id}.yaml';
  const complete = project.read(path);
  project.write(path, complete.replace(/ {2}x-provenance:\n.*\n.*\n/, ''));
  const forgotten = await project.run('gen.ts');
  expect(forgotten.code).toBe(1);
  expect(forgotten.stderr).toBe(blocks().find(({ language }) => language === 'text')?.content);

  project.write(path, complete);
  expect(await project.run('gen.ts')).toMatchObject({ code: 0, stderr: '' });
  expect(project.read('generated/client.ts')).toContain('getSite(siteId: string, options?: CallOptions)');
  expect(project.exists('scripts/docs/samples/getSite.sh')).toBe(true);
  expect(project.read('scripts/docs/samples/getSite.ts')).toContain('nectar.getSite(');

  const { sites }: { sites: Facts } = await import(join(project.root, 'test/contract/facts/sites.ts'));
  expect(readFacts(parseYaml(project.read('generated/openapi.yaml')))).toMatchObject(sites);
});

interface Block {
  /** The paragraph before it. */
  introduction: string;
  language: string;
  content: string;
}

function blocks(): Block[] {
  return Array.from(
    text.matchAll(/((?:.+\n)+)\n```(\w+)\n([\s\S]*?)```\n/g),
    ([, introduction = '', language = '', content = '']) => ({ introduction, language, content }),
  );
}

/** The blocks that are a file, or a change of one: the path is the last thing in backticks before them. */
function blocksOfFiles(): { file: string; language: string; content: string }[] {
  return blocks().flatMap(({ introduction, ...block }) => {
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
