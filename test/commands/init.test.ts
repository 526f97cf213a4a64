import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gen } from '../../scripts/generate/command.ts';
import { init } from '../../scripts/init/command.ts';
import { readFiles } from '../../scripts/output/files.ts';
import { type Ended, runHere } from '../helpers/project-copy.ts';

describe('openapi-once init', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'openapi-once-init-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (...args: string[]): Promise<Ended> => runHere(init, ['--no-install', ...args], folder);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const document = 'openapi: 3.0.3\ninfo: { title: Train & Travel API, version: 1.0.0 }\npaths: {}\n';

  test('sets up an empty folder so that gen passes, and a second run changes nothing', async () => {
    expect(await run()).toMatchObject({ code: 0, stderr: '' });
    const files = readFiles(folder);
    expect([...files.keys()]).toEqual([
      ...['.github/workflows/ci.yml', '.gitignore', 'package.json', 'redocly.yaml'],
      ...['spec/openapi.yaml', 'test/round-trip.test.ts'],
    ]);
    const { stdout } = await run();
    expect(stdout.match(/^ {2}kept +/gm)).toHaveLength(3);
    expect(readFiles(folder)).toEqual(files);

    const { code, stdout: generated, stderr } = await runHere(gen, [], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(generated).not.toContain('warning');
    expect(readFiles(join(folder, 'client')).has('client.ts')).toBe(true);
  });

  test('takes the OpenAPI document that is there', async () => {
    write('api/train.yaml', document);
    await run();
    expect(load(read('redocly.yaml'))).toMatchObject({
      extends: ['minimal'],
      apis: { 'train-travel-api': { root: 'api/train.yaml' } },
    });
    expect(read('api/train.yaml')).toBe(document);
    expect(readFiles(folder).has('spec/openapi.yaml')).toBe(false);
  });

  test('asks which of several documents, and takes the one that is named', async () => {
    write('a.yaml', document);
    write('b.json', '{ "info": { "title": "B", "version": "1" }, "openapi": "3.1.0", "paths": {} }');
    const { code, stderr } = await run();
    expect(stderr).toContain('There are several OpenAPI documents: a.yaml, b.json. Name one');
    expect(code).toBe(1);
    expect((await run('b.json')).code).toBe(0);
    expect(load(read('redocly.yaml'))).toMatchObject({ apis: { b: { root: 'b.json' } } });
    expect((await run('c.json', 'd.json')).code).toBe(2);
  });

  test('keeps each file, and what package.json says already', async () => {
    const existing = {
      name: 'ours',
      scripts: { gen: 'make gen', test: 'echo "Error: no test specified" && exit 1' },
      dependencies: { 'openapi-fetch': '^0.13.0' },
    };
    write('package.json', JSON.stringify(existing, null, 4));
    write('.gitignore', 'ours\n');
    write('redocly.yaml', 'apis:\n  ours: { root: ours.yaml, x-client: { output: lib/api } }\n');
    await run();
    const text = read('package.json');
    expect(JSON.parse(text)).toMatchObject({
      name: 'ours',
      scripts: { gen: 'make gen', lint: 'openapi-once lint', test: 'vitest run' },
      dependencies: { 'openapi-fetch': '^0.13.0' },
    });
    expect(text).toMatch(/^ {4}"name"/m);
    expect(read('.gitignore')).toBe('ours\n');
    expect(read('test/round-trip.test.ts')).toContain("from '../lib/api/index.ts'");
  });

  test('says what is wrong with a package.json, and with a file that does not exist', async () => {
    const missing = await run('none.yaml');
    expect(missing.stderr).toBe('There is no file none.yaml. Name the first file of the contract.\n');
    write('package.json', '{');
    const { code, stderr } = await run();
    expect(stderr).toContain('package.json is not valid JSON');
    expect(code).toBe(1);
  });
});
