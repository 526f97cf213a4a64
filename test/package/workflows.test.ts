import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toolchainRoot } from '../../scripts/cli/project.ts';

const folder = join(toolchainRoot, '.github/workflows');
const workflows = globSync('*.yml', { cwd: folder }).map((name) => ({
  name,
  text: readFileSync(join(folder, name), 'utf8'),
}));

test.for(workflows)('$name pins each action to a commit', ({ text }) => {
  const uses = text.match(/(?<=uses: ).*/g) ?? [];
  expect(uses.length).toBeGreaterThan(0);
  for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test.for(workflows)('$name runs commands that exist', ({ text }) => {
  const { scripts } = JSON.parse(readFileSync(join(toolchainRoot, 'package.json'), 'utf8'));
  for (const [, name] of text.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toHaveProperty([name ?? '']);
});

test.for(workflows)('$name has only the permissions that it needs', ({ name, text }) => {
  const granted = text.match(/^ *[\w-]+: write\b/gm)?.map((line) => line.trim()) ?? [];
  expect(text).toMatch(/^permissions:/m);
  expect(granted).toEqual(name === 'release.yml' ? ['contents: write', 'id-token: write'] : []);
});
