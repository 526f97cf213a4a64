import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../../scripts/build/command.ts';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { readFiles } from '../../scripts/output/files.ts';
import { ProjectCopy } from '../helpers/project-copy.ts';
import { useMock } from '../round-trip/mock.ts';
import { Consumer, run } from './consumer.ts';
import { packedOnce } from './packed.ts';
import { writePrograms } from './programs.ts';
import { findTypeErrors, resolutions } from './type-check.ts';

/** npm tells on which Node it runs itself: the machine's own, which is often an older one than the project's. */
const nodes = new Set([process.execPath, process.env.npm_node_execpath ?? process.execPath]);

describe('the package, packed and installed', () => {
  const mock = useMock();
  const consumer = new Consumer();
  let tarball: string;
  beforeAll(async () => {
    ({ tarball } = await packedOnce());
    await consumer.unpack(tarball);
  });
  afterAll(() => consumer[Symbol.dispose]());

  test('holds JavaScript, types, source maps and the contract, and nothing else', () => {
    const files = readFiles(consumer.packaged(''));
    const sandbox = ['sandbox', 'nectar'].flatMap((folder) =>
      [...readFiles(join(toolchainRoot, 'scripts', folder)).keys()]
        .filter((name) => !/^server\/|^run-|^start|^verify/.test(name))
        .map((name) => `scripts/${folder}/${name}`),
    );
    const generated = [...readFiles(join(toolchainRoot, 'generated')).keys()].map(
      (name) => `generated/${name}`,
    );
    const modules = [...generated, ...sandbox, 'scripts/mock/cors.ts', 'scripts/mock/media-type.ts']
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) =>
        ['.d.ts', '.js', '.js.map'].map((ending) => `dist/esm/${name.replace(/\.ts$/, ending)}`),
      );
    expect([...files.keys()].sort()).toEqual(
      [...modules, 'LICENSE', 'README.md', 'dist/esm/openapi.yaml', 'package.json'].sort(),
    );
    expect(files.get('dist/esm/openapi.yaml')).toBe(
      readFileSync(join(toolchainRoot, 'generated/openapi.yaml'), 'utf8'),
    );
  });

  test('is small', () => {
    const files = [...readFiles(consumer.packaged('')).values()];
    const unpacked = files.reduce((total, text) => total + Buffer.byteLength(text), 0);
    // A third of it is the sandbox with its pages, which the client does not load.
    expect(statSync(tarball).size).toBeLessThan(294_000);
    expect(unpacked).toBeLessThan(1_155_000);
  });

  test('contains the sources in its source maps', () => {
    const maps = [...readFiles(consumer.packaged('dist'))].filter(([name]) => name.endsWith('.map'));
    for (const [name, text] of maps) {
      const { sources, sourcesContent } = JSON.parse(text);
      const source = name.replace(/^esm\/(.*)\.js\.map$/, '$1.ts');
      expect(sources.map((path: string) => path.replace(/^(?:\.\.\/)+/, ''))).toEqual([source]);
      expect(sourcesContent).toEqual([readFileSync(join(toolchainRoot, source), 'utf8')]);
    }
  });

  test('has no side effects, and needs two packages', () => {
    const manifest = JSON.parse(readFileSync(consumer.packaged('package.json'), 'utf8'));
    expect(manifest.sideEffects).toBe(false);
    expect(manifest.private).toBeUndefined();
    expect(Object.keys(manifest.dependencies)).toEqual(['openapi-fetch', 'standardwebhooks']);
  });

  test('satisfies publint', async () => {
    const data = readFileSync(tarball);
    const { messages } = await publint({ strict: true, pack: { tarball: new Uint8Array(data).buffer } });
    expect(messages).toEqual([]);
  });

  test.for([...nodes].flatMap((node) => ['main.mjs', 'main.cjs'].map((program) => ({ node, program }))))(
    'works in $program under $node',
    async ({ node, program }) => {
      expect(await run(node, [program, mock.url], consumer.root)).toBe('It works.\n');
    },
  );

  test.for(resolutions)('has valid types under %s, including its own declarations', (resolution) => {
    writePrograms(consumer.root, mock.url);
    expect(findTypeErrors(consumer, resolution)).toEqual([]);
  });

  test('is not built from a generated/ that does not match the contract', async () => {
    using project = new ProjectCopy();
    project.edit('generated/client.ts', (text) => `${text}// By hand.\n`);
    const { code, stderr } = await project.run(build);
    expect(stderr).toContain('different generated/client.ts\nRun `npm run gen`');
    expect(code).toBe(1);
    expect(project.exists('dist')).toBe(false);
  });
});
