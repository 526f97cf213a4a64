import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { readFiles } from '../../scripts/output/files.ts';
import { readCode } from './read-code.ts';

/** The folders of scripts/, and what each may import besides itself. An entry file such as openapi-once.ts may import all. */
const order: Record<string, string[]> = {
  runtime: [],
  cli: [],
  output: ['cli'],
  openapi: [],
  contract: ['cli', 'openapi'],
  generate: ['runtime', 'cli', 'output', 'openapi', 'contract'],
  mock: ['cli', 'openapi', 'generate'],
  sandbox: ['cli', 'mock'],
  verify: ['runtime', 'cli', 'openapi', 'mock'],
  nectar: ['cli', 'generate', 'mock', 'sandbox', 'verify', 'generated'],
  diff: ['cli', 'output', 'openapi', 'contract', 'generate'],
  docs: ['cli', 'output', 'openapi', 'contract', 'generate'],
  new: ['cli', 'openapi', 'contract', 'generate'],
  lint: ['cli', 'contract'],
  init: ['cli'],
  build: ['cli', 'output', 'generate', 'docs'],
  release: ['cli'],
};

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}

const scripts = readCode('scripts');

const imports = scripts.flatMap((from): Import[] => {
  const text = readFileSync(join(toolchainRoot, from), 'utf8');
  const found = text.matchAll(
    /(?:^|\n)(?:import|export) (type )?[^;']*?from '(\.[^']+)'|import\('(\.[^']+)'\)/g,
  );
  const code = [...found].filter(([, , path = '']) => !path.endsWith('.json'));
  return code.map(([, type, path, dynamic = '']) => ({
    from,
    to: posix.normalize(posix.join(dirname(from), path ?? dynamic)),
    typeOnly: type !== undefined,
  }));
});

/** `generate` for `scripts/generate/client/emit.ts`, `generated` for `generated/client.ts`, undefined for an entry file. */
function folderOf(file: string): string | undefined {
  const [top = '', folder, ...rest] = file.split('/');
  if (top !== 'scripts') return top;
  return rest.length > 0 ? folder : undefined;
}

test('a folder imports only those that the order allows', () => {
  const wrong = imports.filter(({ from, to }) => {
    const [own, other] = [folderOf(from), folderOf(to)];
    return own !== undefined && other !== own && !(other && order[own]?.includes(other));
  });
  expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  const folders = new Set(scripts.flatMap((file) => folderOf(file) ?? []));
  expect([...folders].sort()).toEqual(Object.keys(order).sort());
});

test('no files import each other in a circle', () => {
  const targets = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports)
    if (!typeOnly) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, way: string[]): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' -> '));
    if (way.includes(file) || done.has(file)) return;
    for (const target of targets.get(file) ?? []) visit(target, [...way, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  expect(circles).toEqual([]);
});

test('scripts/nectar alone has words of the service', () => {
  const texts = [...readFiles(join(toolchainRoot, 'scripts'))];
  const telling = texts
    .filter(([name, text]) => /nectar|invitation/i.test(name + text))
    .map(([name]) => name);
  expect(telling.length).toBeGreaterThan(5);
  expect(telling.filter((name) => !name.startsWith('nectar/'))).toEqual([]);
});

test('no file of scripts/ or test/ is longer than 300 lines', () => {
  const code = [...scripts, ...readCode('test')];
  const long = code.filter(
    (file) => readFileSync(join(toolchainRoot, file), 'utf8').split('\n').length > 301,
  );
  expect(long).toEqual([]);
});

test('the map in CONTRIBUTING names each folder once', () => {
  const text = readFileSync(join(toolchainRoot, 'CONTRIBUTING.md'), 'utf8');
  const map = text.slice(
    text.indexOf('## Where things are'),
    text.indexOf('\n## ', text.indexOf('## Where things are') + 4),
  );
  const named = Array.from(map.matchAll(/^\| `scripts\/(\w+)\/`/gm), ([, name]) => name);
  expect(named).toEqual(Object.keys(order));
});

/** Folders and files that may read the document of a contract themselves, each with the reason. */
const readers: Record<string, string> = {
  openapi: 'reads it for all others',
  contract: 'reads files that are not bundled yet, and may be invalid',
  'generate/normalize': 'rewrites the document for the generator',
  'generate/types': 'prints the document as types',
  'generate/from-contract.ts': 'adds the webhooks of OpenAPI 3.0',
  'generate/only.ts': 'cuts the document to a part',
  'generate/requests/emit.ts': 'copies schemas with what they refer to',
  'new/table-of-contents.ts': 'writes a reference',
  'new/taken.ts': 'reads files that are not bundled yet',
  'verify/contract.ts': 'follows a response to each of its parts',
  'diff/meaning.ts': 'follows each part of the document',
  'diff/usage.ts': 'finds which components are referred to',
  'docs/fields.ts': 'knows that a reference has no fields of its own',
  'docs/markdown/schema.ts': 'links to the pages of referenced schemas',
  'docs/markdown/reference.ts': 'lists all servers',
  'docs/source.ts': 'adds what a contract can leave out',
  'docs/reference/prepare.ts': 'removes the servers for Redoc',
};

test('nobody but scripts/openapi/ reads the operations of a contract, or follows its references', () => {
  const parts = 'paths|webhooks|parameters|requestBody|responses|security|servers';
  const whole = '(document|contract|bundle|root|item|object)';
  const reading = new RegExp(
    `\\b${whole}\\??\\.(${parts})\\b|\\{[^{}]*\\b(${parts})\\b[^{}]*\\} = ${whole}\\b|\\$ref\\b`,
  );
  const isExcepted = (file: string) =>
    Object.keys(readers).some((each) => file === `scripts/${each}` || file.startsWith(`scripts/${each}/`));
  const wrong = scripts.filter((file) =>
    reading.test(withoutProse(readFileSync(join(toolchainRoot, file), 'utf8'))),
  );
  expect(wrong.filter((file) => !isExcepted(file))).toEqual([]);
  const unused = Object.keys(readers).filter(
    (each) => !wrong.some((file) => file === `scripts/${each}` || file.startsWith(`scripts/${each}/`)),
  );
  expect(unused).toEqual([]);
});

/** Code without comments and texts. */
function withoutProse(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'[^'\n]*'|"[^"\n]*"|`[^`]*`/g, '');
}
