import type { ProjectCopy } from '../helpers/project-copy.ts';
import type { Command } from './run.ts';

/** What `npm run gen` starts; npm itself is not measured, as it is for none of the others. */
export function genCommand(project: ProjectCopy, ...flags: string[]): Command {
  const { scripts } = JSON.parse(project.read('package.json'));
  const [, ...args] = scripts.gen.split(' ');
  return { args: [...args, ...flags], cwd: project.root };
}
