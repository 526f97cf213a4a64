import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format } from 'node:util';
import ts from 'typescript';
import { afterAll, vi } from 'vitest';
import { compile } from '../generator/compile.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Code out of a text, and where it stands there. */
export interface Snippet {
  place: string;
  code: string;
}

/** The blocks of one language in a Markdown text. */
export function snippetsIn(markdown: string, language: string, name: string): Snippet[] {
  const blocks = markdown.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'));
  return Array.from(blocks, ([, code = ''], index) => ({
    place: `${name}, ${language} block ${index + 1}`,
    code,
  }));
}

/** What the compiler has to say of snippets in a project that is as strict as this one. */
export function compileSnippets(snippets: Snippet[]): string[] {
  const folder = temporaryFolder();
  const files = snippets.map(({ code }, index) => {
    const file = join(folder, `${index}.mts`);
    writeFileSync(file, code);
    return file;
  });
  const configFile = join(root, 'tsconfig.json');
  const { config } = ts.readConfigFile(configFile, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root, undefined, configFile);
  return compile(files, options).map((finding) =>
    finding.replace(/^\S*\/(\d+)\.mts/, (_, index) => snippets[Number(index)]?.place ?? ''),
  );
}

/**
 * Runs a snippet as its reader would, but against a server of the test, and in this process.
 *
 * @returns what it has printed
 */
export async function runSnippet({ code }: Snippet, url: string, apiKey = 'sandbox-key'): Promise<string> {
  const file = join(temporaryFolder(), 'snippet.mts');
  writeFileSync(file, localized(code, url));
  const printed: string[] = [];
  const log = vi
    .spyOn(console, 'log')
    .mockImplementation((...values) => void printed.push(format(...values)));
  vi.stubEnv('NECTAR_API_KEY', apiKey);
  try {
    await import(pathToFileURL(file).href);
  } finally {
    log.mockRestore();
    vi.unstubAllEnvs();
  }
  return printed.join('\n');
}

/** The code with a server of the test in place of the service, the sandbox and the mock, and the files of this project in place of the package. */
export function localized(code: string, url: string): string {
  const generated = new URL('../../generated/', import.meta.url);
  return code
    .replaceAll(/http:\/\/127\.0\.0\.1:401[01]/g, url)
    .replaceAll(/https:\/\/external\.nectarclimate\.com\/v2(\.\d)?/g, url)
    .replaceAll(/(create(?:Fetch)?Client)\(\)/g, `$1({ baseUrl: '${url}' })`)
    .replaceAll("'nectar-openapi'", `'${generated}index.ts'`)
    .replaceAll("'nectar-openapi/webhooks'", `'${generated}webhooks.ts'`)
    .replaceAll(
      "'nectar-openapi/sandbox'",
      `'${new URL('../../scripts/nectar/sandbox.ts', import.meta.url)}'`,
    );
}

const folders: string[] = [];

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-snippets-'));
  // Some snippets import a package of the reader's, such as vitest.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
