import { projectRoot } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';
import { makeRelease } from './release/release.ts';

const command = {
  call: 'npm run release',
  about:
    'Checks, builds, packs and publishes the version in package.json, and tags it. Only the workflow Release publishes; elsewhere, take --dry-run.',
  flags: {
    'dry-run': { about: 'do all but publish: tell what is in the way, run each check, and show the steps' },
  },
  examples: ['npm run release -- --dry-run'],
  exitCodes: { 0: 'It was released, or nothing is in the way.', 1: 'Something is in the way.' },
} as const;

await runCommand(command, process.argv.slice(2), async (flags) => {
  await makeRelease(projectRoot, { dryRun: flags['dry-run'] ?? false });
});
