import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { runNode } from '../helpers/project-copy.ts';
import { run } from './consumer.ts';
import { packedOnce } from './packed.ts';

/** npm tells on which Node it runs itself: the machine's own, which is often an older one than the project's. */
const nodes = [...new Set([process.execPath, process.env.npm_node_execpath ?? process.execPath])];
const oldest = nodes.at(-1) ?? process.execPath;

/** Writes the client by the functions of the package, and prints what a refused contract has. */
const program = `import { Failure, gen } from 'openapi-once';
const [{ name, changes }] = await gen();
console.log(name, changes.length);
await gen({ spec: 'broken.yaml', out: 'broken' }).catch((error) => {
  console.log(error instanceof Failure, error.findings[0].line);
});
`;

describe('the package openapi-once, packed and unpacked into an empty folder', () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'openapi-once-user-')));
  const inside = (path: string) => join(root, 'node_modules', path);
  const once = (node: string, ...args: string[]) =>
    run(node, [inside('openapi-once/dist/openapi-once.js'), ...args], root);
  let tarball: string;
  beforeAll(async () => {
    ({ toolchain: tarball } = await packedOnce());
    mkdirSync(inside('openapi-once'), { recursive: true });
    await run('tar', ['-xzf', tarball, '--strip-components=1'], inside('openapi-once'));
    const { dependencies } = readManifest();
    for (const name of [...Object.keys(dependencies), 'vitest', 'openapi-fetch']) {
      mkdirSync(dirname(inside(name)), { recursive: true });
      symlinkSync(join(toolchainRoot, 'node_modules', name), inside(name));
    }
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const readManifest = () => JSON.parse(readFileSync(inside('openapi-once/package.json'), 'utf8'));

  test('has a command line, needs four packages, and runs nothing when it is installed', async () => {
    const { bin, scripts, dependencies } = readManifest();
    expect(bin).toEqual({ 'openapi-once': 'dist/openapi-once.js' });
    expect(scripts).toBeUndefined();
    expect(Object.keys(dependencies)).toEqual([
      ...['@redocly/cli', '@stoplight/prism-cli', '@stoplight/prism-http-server', 'typescript'],
    ]);
    const packed = { tarball: new Uint8Array(readFileSync(tarball)).buffer };
    expect((await publint({ strict: true, pack: packed })).messages).toEqual([]);
  });

  test('init, gen and the round trips pass there', async () => {
    await once(oldest, 'init', '--no-install');
    expect(await once(oldest, 'gen')).toContain('added   client/client.ts');
    expect(await once(oldest, 'gen', '--check')).toMatch(
      /^All \d+ files in client\/ match the contract\.\n$/,
    );
    expect(await once(oldest, 'lint')).toContain('clean');
    // Its own vitest is an older one, which runs on Node 20; this one does not.
    const vitest = await runNode([inside('vitest/vitest.mjs'), 'run'], root);
    expect(vitest.stdout).toContain('7 passed');
    expect(vitest.code).toBe(0);
  });

  test('has functions', async () => {
    rmSync(join(root, 'client'), { recursive: true });
    writeFileSync(join(root, 'broken.yaml'), 'openapi: 3.1.1\npaths: {}\nservers: 5\n');
    writeFileSync(join(root, 'program.mjs'), program);
    expect(await run(oldest, ['program.mjs'], root)).toMatch(/^notes \d\d\ntrue 3\n$/);
  });

  test('shows the same help as the npm scripts, with its own calls', async () => {
    const { stdout } = await runNode(['scripts/openapi-once.ts', 'gen', '--help']);
    const help = await once(oldest, 'gen', '--help');
    expect(help).toBe(stdout.replaceAll(/npm run gen(?: --(?= ))?/g, 'npx openapi-once gen'));
    await expect(once(oldest, 'gne')).rejects.toThrow('There is no command gne. Did you mean gen?');
  });
});
