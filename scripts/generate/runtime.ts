import { join } from 'node:path';
import { projectRoot } from '../cli/project.ts';
import { type Files, readFiles } from '../output/files.ts';

/** The hand-written half of the client, copied so that generated code never reaches back into scripts/. */
export function readRuntime(): Files {
  return new Map(
    Array.from(readFiles(join(projectRoot, 'scripts/runtime')), ([name, text]) => [`runtime/${name}`, text]),
  );
}
