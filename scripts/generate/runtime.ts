import { join } from 'node:path';
import { projectRoot } from '../cli/project.ts';
import { type Files, readFiles } from '../output/files.ts';

/**
 * The hand-written half of the client, copied so that generated code never reaches back into scripts/. Without webhooks,
 * the part for them stays out: it needs a package that nothing else does.
 */
export function readRuntime(webhooks: boolean): Files {
  const files = Array.from(readFiles(join(projectRoot, 'scripts/runtime')));
  return new Map(
    files
      .filter(([name]) => webhooks || !name.startsWith('webhooks/'))
      .map(([name, text]) => [`runtime/${name}`, text]),
  );
}
