import { toolchainRoot } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';
import { makeRelease } from './release/release.ts';

const command = {
  call: 'npm run release',
  about:
    'Checks, builds, packs and publishes the version in package.json, and tags it. Only the workflow Release publishes; elsewhere, take --dry-run.',
  flags: {
    'dry-run': { about: 'do everything except publish: report problems, run each check, and show the steps' },
  },
  examples: ['npm run release -- --dry-run'],
  exitCodes: { 0: 'It was released, or a release is possible.', 1: 'A release is not possible.' },
} as const;

await runCommand(command, process.argv.slice(2), async (flags) => {
  await makeRelease(toolchainRoot, { dryRun: flags['dry-run'] ?? false });
});
