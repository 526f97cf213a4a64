import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../scripts/cli/project.ts';

/**
 * Writes each program of the README into a folder, as it stands but for the address of the mock.
 *
 * @returns their names, `readme-1.mts` and so on
 */
export function writeReadmePrograms(folder: string, mockUrl: string): string[] {
  const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
  return Array.from(readme.matchAll(/```ts\n([\s\S]*?)```/g), ([, code = ''], index) => {
    const name = `readme-${index + 1}.mts`;
    writeFileSync(join(folder, name), code.replaceAll('http://127.0.0.1:4010', mockUrl));
    return name;
  });
}
