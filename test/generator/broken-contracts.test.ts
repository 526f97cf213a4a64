import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { gen } from '../../scripts/generate/command.ts';
import { ProjectCopy } from '../helpers/project-copy.ts';
import { refusalOf } from '../helpers/refusal.ts';

const head = 'openapi: 3.1.1\ninfo: { title: Broken, version: 1.0.0 }\n';

/** A GET and a POST of /a, to which `extra` is added. */
function withOperations(extra: string): string {
  return `${head}paths:
  /a:
    get:
      operationId: readA
      responses: { '204': { description: Nothing. } }
    post:
${extra}`;
}

interface Broken {
  name: string;
  /** Text of contract.yaml; without it, the contract is missing. */
  contract?: string;
  /** Further files. */
  files?: Record<string, string>;
  message: string;
}

const broken: Broken[] = [
  {
    name: 'YAML that does not parse',
    contract: 'openapi: 3.1.1\ninfo:\n  title: Broken\n   version: 1.0.0\n',
    message: `contract.yaml:4:11 error syntax
Not valid YAML or JSON: bad indentation of a mapping entry.
  2 | info:
  3 |   title: Broken
  4 |    version: 1.0.0
    |           ^
  5 |
Fix the syntax here: the text after it could not be read.

contract.yaml could not be read.
`,
  },
  {
    name: 'JSON that ends too early',
    contract: '{ "openapi": "3.1.1",\n',
    message: `contract.yaml:2:1 error syntax
Not valid YAML or JSON: unexpected end of the stream within a flow collection.
  1 | { "openapi": "3.1.1",
  2 |
    | ^
Fix the syntax here: the text after it could not be read.

contract.yaml could not be read.
`,
  },
  {
    name: 'a key that is there twice',
    contract: `${head}info: { title: Again, version: 1.0.0 }\n`,
    message: `contract.yaml:3:1 error syntax
Not valid YAML or JSON: duplicated mapping key.
  1 | openapi: 3.1.1
  2 | info: { title: Broken, version: 1.0.0 }
  3 | info: { title: Again, version: 1.0.0 }
    | ^
  4 |
The same at contract.yaml:2:1.
Remove one of the two, or give it another name.

contract.yaml could not be read.
`,
  },
  {
    name: 'a second file that does not parse',
    contract: `${head}paths: { /a: { $ref: a.yaml } }\n`,
    files: { 'a.yaml': 'get:\n\toperationId: readA\n' },
    message: `a.yaml:2:1 error syntax
Not valid YAML or JSON: tab characters must not be used in indentation.
  1 | get:
  2 | 	operationId: readA
    | ^
  3 |
Fix the syntax here: the text after it could not be read.

contract.yaml has one finding: nothing was generated.
`,
  },
  {
    name: 'a $ref to a file that is not there',
    contract: withOperations(`      operationId: writeA
      responses:
        '200': { $ref: responses/Nowhere.yaml }
`),
    message: `contract.yaml:11:16 error no-unresolved-refs
Can't resolve $ref: there is no file responses/Nowhere.yaml.
   9 |       operationId: writeA
  10 |       responses:
  11 |         '200': { $ref: responses/Nowhere.yaml }
     |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  12 |
Create what the $ref names, or fix its path: a path is relative to the file that holds the $ref.

contract.yaml has one finding: nothing was generated.
`,
  },
  {
    name: 'a $ref to a component that is not there',
    contract: withOperations(`      operationId: writeA
      responses:
        '200': { $ref: '#/components/responses/Nowhere' }
`),
    message: `contract.yaml:11:16 error no-unresolved-refs
Can't resolve $ref: its target does not exist in the document.
   9 |       operationId: writeA
  10 |       responses:
  11 |         '200': { $ref: '#/components/responses/Nowhere' }
     |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  12 |
Create what the $ref names, or fix its path: a path is relative to the file that holds the $ref.

contract.yaml has one finding: nothing was generated.
`,
  },
  {
    name: 'a $ref to a parameter of a path that is not there',
    contract: `${head}paths:
  /a/{id}:
    parameters: [{ $ref: '#/components/parameters/Nowhere' }]
    get: { operationId: readA, responses: { '204': { description: Nothing. } } }
`,
    message: `contract.yaml:5:18 error no-unresolved-refs
Can't resolve $ref: its target does not exist in the document.
  3 | paths:
  4 |   /a/{id}:
  5 |     parameters: [{ $ref: '#/components/parameters/Nowhere' }]
    |                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  6 |     get: { operationId: readA, responses: { '204': { description: Nothing. } } }
  7 |
Create what the $ref names, or fix its path: a path is relative to the file that holds the $ref.

contract.yaml has one finding: nothing was generated.
`,
  },
  {
    name: 'a $ref that leads back to itself',
    contract: `${head}paths: {}\ncomponents: { schemas: { A: { $ref: '#/components/schemas/A' } } }\n`,
    message: `The contract has a $ref that leads back to itself, such as a schema A that is only a $ref to B while B is only a $ref to A. Give one of them its own content.
`,
  },
  {
    name: 'a parameter that is there twice',
    contract:
      withOperations(`      parameters: [{ name: q, in: query, schema: {} }, { name: q, in: query, schema: {} }]
      responses: { '204': { description: Nothing. } }
`),
    message: `contract.yaml:9:56 error operation-parameters-unique
Operations must have unique \`name\` + \`in\` parameters. Repeats of \`in:query\` + \`name:q\`.
   7 |       responses: { '204': { description: Nothing. } }
   8 |     post:
   9 |       parameters: [{ name: q, in: query, schema: {} }, { name: q, in: query, schema: {} }]
     |                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  10 |       responses: { '204': { description: Nothing. } }
  11 |
Remove one of the two, or give it another name.

contract.yaml has one finding: nothing was generated.
`,
  },
  {
    name: 'a value of another type',
    contract: withOperations(`      operationId: writeA
      responses: none
`),
    message: `contract.yaml:10:18 error struct
Expected type \`Responses\` (object) but got \`string\`
   8 |     post:
   9 |       operationId: writeA
  10 |       responses: none
     |                  ^^^^
  11 |
Write a response for each status, such as { '200': { description: Fine. } }.

contract.yaml has one finding: nothing was generated.
`,
  },
  {
    name: 'an empty file',
    contract: '',
    message: 'contract.yaml is empty. An OpenAPI document starts with the line "openapi: 3.1.1".\n',
  },
  {
    name: 'no file',
    message: 'There is no file contract.yaml. Check the path: it is relative to the working directory.\n',
  },
  {
    name: 'a folder',
    files: { 'contract.yaml/openapi.yaml': head },
    message:
      'contract.yaml is a folder. Name the first file of the contract, such as contract.yaml/openapi.yaml.\n',
  },
  {
    name: 'something else in YAML',
    contract: 'hello: world\n',
    message:
      'contract.yaml is not an OpenAPI document: it has no "openapi" field. Its first line should be "openapi: 3.1.1".\n',
  },
  {
    name: 'OpenAPI 2.0',
    contract: "swagger: '2.0'\n",
    message:
      'contract.yaml is Swagger 2.0. Convert it to OpenAPI 3.0 or 3.1 first: https://converter.swagger.io\n',
  },
  {
    name: 'a version that is a number',
    contract: 'openapi: 3.1\n',
    message:
      'contract.yaml says "openapi: 3.1". Only OpenAPI 3.0, 3.1 and 3.2 are supported; quote the number, as in "3.1.1".\n',
  },
];

describe('an invalid contract is refused with one clear message', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-broken-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.for(broken)('$name', async ({ name, contract, files = {}, message }) => {
    const all = { ...files, ...(contract !== undefined && { 'contract.yaml': contract }) };
    for (const [file, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, name, file)), { recursive: true });
      writeFileSync(join(folder, name, file), text);
    }
    expect(await refusalOf(join(folder, name), 'contract.yaml')).toBe(message);
  });
});

test('the command prints only that message, writes nothing and exits with 1', async () => {
  using project = new ProjectCopy();
  const { contract = '', message } = broken[0] ?? expect.fail('There is no broken contract.');
  project.write('other/contract.yaml', contract);
  const theirs = ['--spec', 'other/contract.yaml', '--out', 'other/out'];
  const ended = await project.runProcess('openapi-once.ts', 'gen', ...theirs);
  expect(ended).toMatchObject({
    code: 1,
    stderr: message.replaceAll('contract.yaml', 'other/contract.yaml'),
  });
  expect(project.exists('other/out')).toBe(false);
});

describe("a finding in the project's own contract leaves generated/ as it was", () => {
  test('an error', async () => {
    using project = new ProjectCopy();
    const before = project.snapshot('generated');
    project.edit('spec/openapi.yaml', (text) => text.replace('\ntags:', '\ntagz:'));
    const { code, stdout, stderr } = await project.run(gen);
    expect(stderr).toMatch(
      /^spec\/openapi\.yaml:\d+:1 error struct\nProperty `tagz` is not expected here\.\n/m,
    );
    expect(stderr + stdout).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
    expect(project.snapshot('generated')).toEqual(before);
  });
});

test('a warning of redocly.yaml is shown, and refuses nothing', async () => {
  using project = new ProjectCopy();
  const rule = `
  rule/title-is-short:
    subject: { type: Info, property: title }
    message: Use a shorter title.
    severity: warn
    assertions: { maxLength: 3 }
`;
  project.edit('redocly.yaml', (text) => text.replace(/^rules:$/m, `rules:${rule}`));
  const { code, stdout, stderr } = await project.run(gen);
  expect(stdout).toMatch(/^ {2}warning spec\/openapi\.yaml:\d+:\d+: Use a shorter title\.$/m);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
