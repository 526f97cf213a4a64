import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { githubContract } from '../conformance/contracts.ts';
import type { ProjectCopy } from '../helpers/project-copy.ts';
import { makeContract } from './made-contract.ts';
import { genCommand } from './our-gen.ts';
import type { Command } from './run.ts';

/** A contract to measure with. */
export interface Contract {
  title: string;
  /** Its first file. */
  source: string;
  /** Where gen puts what it makes of it: the contract in one file among it. */
  out: string;
  gen: Command;
  /** The redocly.yaml with the rules that gen holds it to. */
  rules: string;
  turns: number;
}

/** By the name that picks one on the command line. */
export function contractsIn(folder: string, project: ProjectCopy): Record<string, () => Contract> {
  const rules = join(folder, 'structural.yaml');
  writeFileSync(
    rules,
    'rules: { struct: error, no-unresolved-refs: error, operation-operationId-unique: error }\n',
  );
  const foreign = (title: string, source: string): Contract => {
    const out = join(folder, `out-${title.replaceAll(/\W+/g, '-')}`);
    return { title, source, out, gen: genCommand(project, '--spec', source, '--out', out), rules, turns: 5 };
  };
  return {
    this: () => ({
      title: 'this contract',
      source: join(project.root, 'spec/openapi.yaml'),
      out: join(project.root, 'generated'),
      gen: genCommand(project),
      rules: join(project.root, 'redocly.yaml'),
      turns: 11,
    }),
    files: () => foreign('2,901 files, made by a script', makeContract(join(folder, 'files'), 725)),
    github: () => foreign("GitHub's, 13 MB", githubContract()),
  };
}
