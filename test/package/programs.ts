import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { toolchainRoot } from '../../scripts/cli/project.ts';

/** Of the sandbox, of the mock, and of the service in each of its versions. */
const addresses = /http:\/\/127\.0\.0\.1:401[01]|https:\/\/external\.nectarclimate\.com\/v2(?:\.\d)?/g;

/**
 * Writes each program that the README and the docs show into a folder, as it stands but for the addresses. What is a
 * test needs vitest, which a consumer does not have.
 *
 * @returns their names: `README-1.mts` and so on
 */
export function writePrograms(folder: string, mockUrl: string): string[] {
  const texts = ['README.md', ...globSync('spec/guide/*.md', { cwd: toolchainRoot }).sort()];
  return texts.flatMap((path) => {
    const text = readFileSync(join(toolchainRoot, path), 'utf8');
    const programs = Array.from(text.matchAll(/^```ts\n([\s\S]*?)^```/gm), ([, code = '']) => code);
    return programs
      .filter((code) => !code.includes("from 'vitest'"))
      .map((code, index) => {
        const name = `${basename(path, '.md')}-${index + 1}.mts`;
        const local = code
          .replaceAll(addresses, mockUrl)
          // A client that is given no address takes that of the service.
          .replaceAll(/(create(?:Fetch)?Client)\(\)/g, `$1({ baseUrl: '${mockUrl}' })`);
        writeFileSync(join(folder, name), local);
        return name;
      });
  });
}
