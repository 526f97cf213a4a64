import { parseFlags } from './cli/flags.ts';
import { projectRoot } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';
import { makeRelease } from './release/make-release.ts';

await runCommand(async () => {
  const flags = parseFlags(process.argv.slice(2), { 'dry-run': 'flag' }, 'npm run release -- --dry-run');
  await makeRelease(projectRoot, { dryRun: flags['dry-run'] ?? false });
});
