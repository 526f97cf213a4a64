import { join } from 'node:path';
import { cacheFolder, projectRoot } from '../cli/project.ts';
import { runTool } from '../cli/run-tool.ts';
import { findDeadLinks, findMarkdown } from './links.ts';
import type { Check } from './run-check.ts';
import { findWords } from './words.ts';

/** What `npm run lint` checks in this repository, besides the contract. */
export const checks: Check[] = [
  // The types of everything that tsconfig.json includes.
  {
    name: 'types',
    run: () =>
      runQuietly('typescript/lib/tsc.js', [
        '--incremental',
        '--tsBuildInfoFile',
        join(cacheFolder(), 'types.tsbuildinfo'),
      ]),
  },
  // Layout and style of the hand-written code.
  {
    name: 'style',
    run: () => runQuietly('@biomejs/biome/bin/biome', ['check', '--max-diagnostics=none', '.']),
  },
  // Files, exports and dependencies that nothing needs.
  {
    name: 'unused',
    run: () => runQuietly('knip/bin/knip.js', ['--config', 'scripts/lint/knip.jsonc', '--no-progress']),
  },
  // Layout and language of the Markdown.
  { name: 'prose', run: checkProse },
  // The words of CONTRIBUTING.md, in Markdown and in comments.
  { name: 'words', run: checkWords },
  // Links in Markdown to other files and headings. External links are not checked.
  { name: 'links', run: checkLinks },
];

/** Shows what a tool prints only if it has findings. */
async function runQuietly(script: string, args: string[]): ReturnType<typeof runTool> {
  const { passed, output } = await runTool(script, args);
  return { passed, output: passed ? '' : output };
}

async function checkProse(): Promise<{ passed: boolean; output: string }> {
  // Otherwise it sends telemetry and checks for updates on each run.
  process.env.REDOCLY_TELEMETRY = 'off';
  process.env.REDOCLY_SUPPRESS_UPDATE_NOTICE = 'true';
  const config = 'scripts/lint/prose.yaml';
  return runQuietly('@redocly/cli/bin/cli.js', [
    'recheck',
    '--config',
    config,
    ...findMarkdown(projectRoot()),
  ]);
}

async function checkWords(): Promise<{ passed: boolean; output: string }> {
  const found = findWords(projectRoot(), findMarkdown(projectRoot()));
  return { passed: found.length === 0, output: found.join('\n') };
}

async function checkLinks(): Promise<{ passed: boolean; output: string }> {
  const dead = findDeadLinks(projectRoot(), findMarkdown(projectRoot()));
  return { passed: dead.length === 0, output: dead.join('\n') };
}
