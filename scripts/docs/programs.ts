import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolchainRoot } from '../cli/project.ts';

/** Hand-written programs that are longer than one call. Chapters and webhooks show them, and the tests run them. */
export const samplesFolder = join(toolchainRoot, 'spec/guide/samples');

/** The text of each program by the name of its file. */
export function readPrograms(): Map<string, string> {
  return new Map(
    readdirSync(samplesFolder).map((file) => [
      file,
      readFileSync(join(samplesFolder, file), 'utf8').trimEnd(),
    ]),
  );
}
