import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { ProjectCopy } from '../helpers/project-copy.ts';
import { builtOnce } from '../helpers/shared.ts';
import { pack, run } from './consumer.ts';

/** The packages of the run, built and packed as they would be published. */
export interface Packed {
  tarball: string;
  /** What is in it. */
  folder: string;
  /** The packed file of openapi-once. */
  toolchain: string;
}

export async function packedOnce(): Promise<Packed> {
  const folder = await builtOnce('package', async (place) => {
    using project = new ProjectCopy({ ownScripts: true });
    for (const name of ['README.md', 'LICENSE'])
      project.write(name, readFileSync(join(toolchainRoot, name), 'utf8'));
    const tarball = await pack(project.root, place);
    await pack(join(project.root, 'dist/openapi-once'), place);
    mkdirSync(join(place, 'package'));
    await run('tar', ['-xzf', tarball], place);
  });
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8'));
  return {
    tarball: join(folder, `${name}-${version}.tgz`),
    folder: join(folder, 'package'),
    toolchain: join(folder, `openapi-once-${version}.tgz`),
  };
}
