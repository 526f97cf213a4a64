import { globSync, mkdtempSync, readFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const loopbackOnly = new URL('helpers/loopback-only.mjs', import.meta.url).href;
/** What the workers of a run share, removed at its end. */
const runFolder = mkdtempSync(join(tmpdir(), 'nectar-openapi-run-'));
const root = fileURLToPath(new URL('..', import.meta.url));

/** Those that draw at random: `npm run test:long` runs them alone, with larger numbers. */
const randomTests = globSync('test/**/*.test.ts', { cwd: root }).filter((file) =>
  readFileSync(join(root, file), 'utf8').includes("/runs.ts'"),
);

export default defineConfig(({ mode }) => ({
  root,
  resolve: {
    // The longer name first: an alias also takes what lies below it.
    alias: {
      'nectar-openapi/sandbox': `${root}scripts/nectar/sandbox.ts`,
      'nectar-openapi/webhooks': `${root}generated/webhooks.ts`,
      'nectar-openapi': `${root}generated/index.ts`,
    },
  },
  test: {
    include: mode === 'long' ? randomTests : ['test/**/*.test.ts'],
    // More than there are cores: many of these tests wait for other processes, or for time to pass.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // Files that follow each other in a worker share what they import: TypeScript, Prism and Redocly are large.
    isolate: false,
    // In the workers, and in every process that they start. These share what Node has compiled, wherever they run.
    env: {
      NODE_OPTIONS: `--import=${loopbackOnly}`,
      NODE_COMPILE_CACHE: join(runFolder, 'compiled'),
      RUN_FOLDER: runFolder,
      TEST_LONG: mode === 'long' ? '1' : '',
    },
    globalSetup: 'test/helpers/run-setup.ts',
    // Only a hang reaches it, however slow the machine is: no test has a limit of its own.
    testTimeout: mode === 'long' ? 600_000 : 300_000,
    hookTimeout: 300_000,
  },
}));
