import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { targetFor } from '../../scripts/cli/apis.ts';
import { silentStep } from '../../scripts/cli/steps.ts';
import { type Generated, generateFrom } from '../../scripts/generate/from-contract.ts';
import { publicNames } from '../../scripts/generate/types/schema-names.ts';
import { compile, ordinary } from './compile.ts';
import { consumers } from './kinds.ts';

const contracts = join(import.meta.dirname, 'contracts/kinds');
const names = readdirSync(contracts).flatMap((file) =>
  file.endsWith('.yaml') ? [file.replace('.yaml', '')] : [],
);
const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-kinds-'));
const generated = new Map<string, Generated>();

beforeAll(async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    '{ "compilerOptions": { "module": "NodeNext", "outDir": "dist" } }',
  );
  mkdirSync(join(folder, 'runtime'));
  for (const name of names) {
    const target = targetFor(join(contracts, `${name}.yaml`), join(folder, name));
    const made = await generateFrom(target, silentStep);
    generated.set(name, made);
    mkdirSync(target.out);
    for (const [file, text] of made.files)
      if (file.startsWith('runtime/')) writeFileSync(join(folder, file), text);
      else writeFileSync(join(folder, name, file), text.replaceAll("'./runtime/", "'../runtime/"));
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the code of every contract compiles, accepts valid input and refuses the rest', () => {
  expect(Object.keys(consumers).sort()).toEqual(names.sort());
  const files = names.flatMap((name) => {
    const file = join(folder, name, 'consumer.ts');
    writeFileSync(
      file,
      `import { createClient, createFetchClient } from './index.js';
const options = { baseUrl: 'https://api.example.com' };
export const client = createClient(options);
export const fetchClient = createFetchClient(options);
${consumers[name]}`,
    );
    return [file];
  });
  expect(compile(files, ordinary).map((fault) => fault.replace(`${folder}/`, ''))).toEqual([]);
});

test('no schema hides an export of the client, or is hidden by one', () => {
  const exported = [...generated.values()].flatMap(({ files }) =>
    ['client.ts', 'fetch-client.ts', 'service.ts', 'webhooks.ts'].flatMap((file) =>
      namesExportedBy(files.get(file) ?? ''),
    ),
  );
  const own = exported.filter((name) => !/Errors$/.test(name) || name === 'OperationErrors');
  expect(own.filter((name) => !publicNames.includes(name) && name !== 'service')).toEqual([]);
  expect(own).toEqual(expect.arrayContaining(['AbortError', 'Client', 'createTransport', 'WebhookEvent']));
});

/** Those that stand in the text; what `export *` adds is that of other files. */
function namesExportedBy(text: string): string[] {
  const lists = Array.from(text.matchAll(/^export (?:type )?\{([^}]*)\}/gm), ([, list = '']) =>
    list.split(','),
  );
  const declared = text.matchAll(/^export (?:const|function|interface|type) (\w+)/gm);
  return [
    ...lists.flat().map((each) => each.trim().replace('type ', '')),
    ...Array.from(declared, ([, name = '']) => name),
  ].filter(Boolean);
}

/** What gen says of a contract that it accepts, each with its place. */
function warningsOf(name: string): string[] {
  return (
    generated.get(name)?.warnings.map(({ line, column, message }) => `${line}:${column} ${message}`) ?? []
  );
}

test('a mistake that does not affect the code is a warning with its place', () => {
  expect(warningsOf('harmless')).toMatchInlineSnapshot(`
    [
      "2:16 Expected type \`string\` at each of \`title\`, \`version\`.",
      "9:16 Expected type \`string\` but got \`integer\`.",
      "10:43 Expected type \`string\` but got \`object\`.",
      "12:87 Expected type \`number\` but got \`boolean\`.",
      "13:46 Expected type \`string\` but got \`null\`.",
      "13:86 Expected type \`array\` but got \`object\`.",
      "17:70 Expected type \`Schema\` (object) but got \`null\`",
      "20:9 The field \`description\` must be present on this level.",
      "23:32 Property \`type\` is not expected here.",
      "25:9 Property \`sent\` is not expected here.",
      "28:20 Must contain at least one of the following fields: schema, content.",
      "30:9 \`content\` is empty, and \`text/plain\` stands beside it where nothing like that is expected.",
      "36:28 Property \`content\` is not expected here.",
      "38:11 Expected type \`Schema\` (object) at each of \`List\`, \`Text\`.",
      "44:30 \`type\` can be one of the following only: "object", "array", "string", "number", "integer", "boolean", "null".",
      "47:38 Expected type \`Schema\` (object) but got \`string\`",
      "17:85 Can't resolve $ref: its target does not exist in the document.",
      "18:32 Can't resolve $ref: https://docs.example.com/a.json is on a server. Only --allow-remote lets a $ref lead there.",
      "36:5 A schema elsewhere refers to this, which is not a schema. Its type is unknown.",
    ]
  `);
  expect(generated.get('harmless')?.skipped).toEqual([]);
});

test('a part that is changed before generation is a warning with its place', () => {
  expect(warningsOf('names')).toMatchInlineSnapshot(`
    [
      "12:13 The operationId "health" belongs to GET /health. HEAD /health is named after its path instead.",
      "17:1 No field of the payloads distinguishes the webhooks: WebhookEvents['NAME'] has the type of each.",
    ]
  `);
  expect(warningsOf('any-media-type')).toMatchInlineSnapshot(`
    [
      "7:58 2 schemas are, as this one, int64: an integer beyond 2^53 reaches you rounded. Request a string if the service offers one.",
    ]
  `);
  expect(warningsOf('discriminators')).toMatchInlineSnapshot(`
    [
      "26:5 Cat contains itself by allOf, through Pet. Its type omits that.",
      "27:5 Dog contains itself by allOf, through Pet. Its type omits that.",
    ]
  `);
  expect(warningsOf('keywords')).toMatchInlineSnapshot(`
    [
      "52:22 \`type\` can be one of the following only: "object", "array", "string", "number", "integer", "boolean", "null".",
    ]
  `);
  expect(warningsOf('required')).toMatchInlineSnapshot(`
    [
      "33:23 \`left\` is required here, but described nowhere: its type is unknown. The same is true in 2 more places.",
    ]
  `);
  expect(warningsOf('paths')).toMatchInlineSnapshot(`
    [
      "4:3 The path has {depotId}, and the parameters have depot instead: it was taken for {depotId}.",
      "4:3 The path has {parcelId}, and the parameters have parcel instead: it was taken for {parcelId}.",
      "4:3 The path has no {depot}, so this parameter is not sent.",
      "16:3 The path has {path+}, and the parameters have path instead: it was taken for {path+}.",
      "21:3 No parameter describes {id}: it is a string.",
      "23:3 The path has no {id}, so this parameter is not sent.",
      "33:3 /labels{?all} is the same path as /labels, and was left out. Describe the operation there.",
    ]
  `);
  expect(warningsOf('syntax')).toMatchInlineSnapshot(`
    [
      "12:24 Expected type \`string\` but got \`array\`.",
      "8:7 Not valid YAML or JSON: deficient indentation, in 6 places of this file. It was read as most parsers read it; some refuse it.",
    ]
  `);
  expect(warningsOf('recursion')).toMatchInlineSnapshot(`
    [
      "15:5 Self contains itself by oneOf, through Self. Its type omits that.",
      "16:5 One contains itself by oneOf, through Other. Its type omits that.",
    ]
  `);
});
