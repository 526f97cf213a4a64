import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { targetFor } from '../../scripts/cli/apis.ts';
import { displayPath } from '../../scripts/cli/display-path.ts';
import { silentStep } from '../../scripts/cli/steps.ts';
import { generate } from '../../scripts/generate/generate.ts';
import type { Files } from '../../scripts/output/files.ts';
import { generateHere } from '../generator/features.ts';
import { refusalOf } from '../helpers/refusal.ts';

const head = 'openapi: 3.1.1\ninfo: { title: Hostile, version: 1.0.0 }\n';
const sound = `${head}paths: {}\n`;
const thing = 'type: object\nproperties: { id: { type: string } }\n';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-hostile-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

function write(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}

async function generated(file: string, allowRemote = false): Promise<Files> {
  const target = targetFor(join(folder, file), join(folder, 'out'), { allowRemote });
  return (await generate(target, silentStep)).files;
}

function schemaFrom(ref: string): string {
  return `${sound}components:\n  schemas:\n    Thing:\n      $ref: ${JSON.stringify(ref)}\n`;
}

/** What gen says to the contract of `schemaFrom`. */
function refused(ref: string, reason: string): string {
  return `contract.yaml:7:7 error no-unresolved-refs
Can't resolve $ref: ${reason} Only --allow-remote lets a $ref lead there.
  5 |   schemas:
  6 |     Thing:
  7 |       $ref: "${ref}"
    |       ${'^'.repeat(ref.length + 8)}
  8 |
Copy it into the folder of the contract, or run again with that flag if you trust what stands there.

contract.yaml has one finding: nothing was generated.
`;
}

describe('a $ref out of the folder of the contract', () => {
  test('to a file is refused, unless --allow-remote is given', async () => {
    write('api/contract.yaml', schemaFrom('../shared/thing.yaml'));
    write('shared/thing.yaml', thing);
    const place = displayPath(join(folder, 'shared/thing.yaml'));
    expect(await refusalOf(join(folder, 'api'), 'contract.yaml')).toBe(
      refused('../shared/thing.yaml', `${place} lies outside the folder of the contract.`),
    );
    expect((await generated('api/contract.yaml', true)).get('schema.ts')).toContain('id?: string;');
  });

  test('by escaped characters is refused as well', async () => {
    write('api/contract.yaml', schemaFrom('%2e%2e/shared%2Fthing.yaml'));
    write('shared/thing.yaml', thing);
    const place = displayPath(join(folder, 'shared/thing.yaml'));
    expect(await refusalOf(join(folder, 'api'), 'contract.yaml')).toBe(
      refused('%2e%2e/shared%2Fthing.yaml', `${place} lies outside the folder of the contract.`),
    );
  });

  test('by a symbolic link is refused as well', async () => {
    write('api/contract.yaml', schemaFrom('thing.yaml'));
    write('shared/thing.yaml', thing);
    symlinkSync('../shared/thing.yaml', join(folder, 'api/thing.yaml'));
    expect(await refusalOf(join(folder, 'api'), 'contract.yaml')).toBe(
      refused('thing.yaml', 'thing.yaml lies outside the folder of the contract.'),
    );
  });

  test('to a server sends no request, unless --allow-remote is given', async () => {
    let requests = 0;
    await using server = createServer((_, outgoing) => {
      requests++;
      outgoing.setHeader('content-type', 'application/yaml').end(thing);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/thing.yaml`;
    write('contract.yaml', schemaFrom(url));
    expect(await refusalOf(folder, 'contract.yaml')).toBe(refused(url, `${url} is on a server.`));
    expect(requests).toBe(0);
    expect((await generated('contract.yaml', true)).get('schema.ts')).toContain('id?: string;');
    expect(requests).toBe(1);
  });

  test('is not followed for the externalValue of an example either', async () => {
    write(
      'contract.yaml',
      `${head}paths:
  /thing:
    get:
      responses:
        '200':
          description: Fine.
          content: { application/json: { examples: { far: { externalValue: 'https://example.com/thing.json' } } } }
`,
    );
    const { files, warnings } = await generateHere(join(folder, 'contract.yaml'));
    expect(warnings.map(({ line, message }) => `${line}: ${message}`)).toEqual([
      expect.stringMatching(/^9: Can't resolve \$ref: https:\/\/example\.com\/thing\.json is on a server\./),
    ]);
    expect(files.get('openapi.yaml')).toContain('externalValue: https://example.com/thing.json');
  });
});

describe('a file that cannot be a contract is refused immediately', () => {
  test.each<[string, () => void, string]>([
    [
      'a pipe, which would be waited for',
      () => execFileSync('mkfifo', [join(folder, 'contract.yaml')]),
      'contract.yaml is not a regular file.\n',
    ],
    [
      'one of 100 MB',
      () => {
        write('contract.yaml', sound);
        truncateSync(join(folder, 'contract.yaml'), 100e6);
      },
      'contract.yaml has 100 MB, and 64 MB are the maximum.\n',
    ],
    [
      'one in Latin-1',
      () => write('contract.yaml', Buffer.from(sound.replace('Hostile', 'Café'), 'latin1')),
      'contract.yaml is not UTF-8. Save it in that encoding.\n',
    ],
    [
      'aliases that multiply',
      () => write('contract.yaml', bomb),
      'the aliases (* and &) in contract.yaml stand for more values than any contract has. Write them out.\n',
    ],
    [
      'an alias within itself',
      () => write('contract.yaml', `${sound}x-loop: &loop [*loop, *loop]\n`),
      'the aliases (* and &) in contract.yaml stand for more values than any contract has. Write them out.\n',
    ],
    ['nothing but a comment', () => write('contract.yaml', '# Later.\n'), 'contract.yaml is empty.'],
    [
      'a character that no text has',
      () => write('contract.yaml', sound.replace('Hostile', '\0')),
      'contract.yaml:2:16 error syntax\nNot valid YAML or JSON: ',
    ],
  ])('%s', async (_, prepare, message) => {
    prepare();
    expect(await refusalOf(folder, 'contract.yaml')).toContain(message);
  });

  test.each([
    ['YAML', Array.from({ length: 10_000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['JSON', `{"openapi":"3.1.1","a":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_001)}`],
  ])('%s of ten thousand levels', async (_, text) => {
    write('contract.yaml', text);
    const refusal = await refusalOf(folder, 'contract.yaml');
    expect(refusal).toMatch(/^contract\.yaml:\d+:\d+ error syntax\nNot valid YAML or JSON: nesting exceeded/);
    expect(refusal?.length).toBeLessThan(2_000);
  });

  test('JSON with a duplicate key, at its place', async () => {
    write('contract.json', '{\n  "openapi": "3.1.1",\n  "paths": {},\n  "paths": {}\n}\n');
    expect(await refusalOf(folder, 'contract.json')).toMatch(
      /^contract\.json:4:4 error syntax\nNot valid YAML or JSON: duplicated mapping key\./,
    );
  });
});

describe('text of a contract cannot control the terminal', () => {
  test.each([
    ['in a finding', schemaFrom('\u001b[2J\u0007.yaml'), 'there is no file \\u001b[2J\\u0007.yaml.\n'],
    ['in the code around it', sound.replace('Hostile', '\u001b[2J\u0007'), 'title: \\u001b[2J\\u0007, '],
    ['in the message', 'openapi: "\\e[2J\\a"\n', 'says "openapi: \\u001b[2J\\u0007".'],
  ])('%s', async (_, text, shown) => {
    write('contract.yaml', text);
    expect(await refusalOf(folder, 'contract.yaml')).toContain(shown);
  });
});

test('a byte order mark and the line ends of Windows make no difference', async () => {
  const text = `${sound}components:\n  schemas:\n    Thing:\n      description: |\n        One.\n        Two.\n      type: string\n`;
  write('plain.yaml', text);
  write('windows.yaml', `\uFEFF${text.replaceAll('\n', '\r\n')}`);
  expect(await generated('windows.yaml')).toEqual(await generated('plain.yaml'));
});

test('the same contract in JSON and in YAML gives the same files', async () => {
  write(
    'contract.yaml',
    `${head}paths: {}\ncomponents: { schemas: { __proto__: { type: string, example: 'a":b' } } }\n`,
  );
  write(
    'contract.json',
    '{"openapi":"3.1.1","info":{"title":"Hostile","version":"1.0.0"},"paths":{},"components":{"schemas":{"__proto__":{"type":"string","example":"a\\":b"}}}}',
  );
  expect(await generated('contract.json')).toEqual(await generated('contract.yaml'));
});

test('an object below an extension of the paths is not an operation, and stays in the bundle', async () => {
  const get = '{ get: { operationId: readThing, responses: { 204: { description: Nothing. } } } }';
  write('contract.yaml', `${head}paths: { /thing: ${get}, x-thing: ${get} }\n`);
  const files = await generated('contract.yaml');
  expect(files.get('openapi.yaml')).toContain('  x-thing:\n    get:\n');
  expect(files.get('schema.ts')?.match(/readThing/g)).toHaveLength(2);
  expect(files.get('client.ts')).not.toContain('x-thing');
});

test('a contract from which no code can be generated is refused with one message, without an error of the program', async () => {
  const reference = "{ $ref: '#' }";
  write('contract.yaml', `${head}paths: { /thing: { get: { responses: { 200: ${reference} } } } }\n`);
  await expect(generateHere(join(folder, 'contract.yaml'))).rejects.toThrow(
    /^No code can be generated from .*contract\.yaml: Error parsing \$ref: #\. Is this a valid \$ref\?\. /,
  );
});

test('schemas of sixty levels, and recursive ones, are accepted', async () => {
  const deep = `${'{ type: array, items: '.repeat(40)}{ type: string }${' }'.repeat(40)}`;
  const tree =
    '{ type: object, properties: { children: { type: array, items: { $ref: "#/components/schemas/Tree" } } } }';
  write('contract.yaml', `${sound}components: { schemas: { Deep: ${deep}, Tree: ${tree} } }\n`);
  expect((await generated('contract.yaml')).get('schema.ts')).toContain(`string${'[]'.repeat(40)};`);
});

test('for any names in a contract, the files are the same, and all in the folder', async () => {
  const names = ['../../evil', '/etc/evil', 'a/b', '..', 'con', '\\evil', '%2e%2e%2fevil'];
  const schemas = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
  write(
    'contract.json',
    JSON.stringify({
      openapi: '3.0.3',
      info: { title: '../t', version: '1' },
      paths: {},
      components: { schemas },
    }),
  );
  const refused = await refusalOf(folder, 'contract.json');
  if (refused === undefined)
    expect(
      [...(await generated('contract.json')).keys()].filter((name) => /\.\.|^\/|evil/.test(name)),
    ).toEqual([]);
  expect(readdirSync(folder)).toEqual(['contract.json']);
});

/** Each line stands for nine times the one before it. */
const bomb = `${sound}x-a: &a [x, x, x, x, x, x, x, x, x]\n${Array.from('bcdefghijk', (name, index) => {
  const before = 'abcdefghijk'[index];
  return `x-${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]\n`;
}).join('')}`;
