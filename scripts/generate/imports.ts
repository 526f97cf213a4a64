import manifest from '../../package.json' with { type: 'json' };
import type { Extension } from '../cli/apis.ts';
import { findInstalled } from '../cli/project.ts';
import type { Files } from '../output/files.ts';
import { emitNames } from './client/text.ts';

const statement = /^import (type )?\{([^{}]*)\} from '([^'\n]+)';\n/gm;

/** What cannot use an imported name. */
const notCode =
  /^export (?:type )?\{[^{}]*\} from '[^'\n]+';\n|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?|(?<!\\)(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/gm;

/** Removes the imports of names that the code does not use: under noUnusedLocals, they are errors. */
export function withoutUnusedImports(text: string): string {
  const code = text.replace(statement, '').replace(notCode, '');
  const used = new Set(code.match(/[\w$]+/g));
  return text.replace(statement, (_, type: string | undefined, list: string, module: string) => {
    const names = list.split(',').map((each) => each.trim());
    const kept = names.filter((name) => used.has(name.replace(/^.* /, '')));
    return emitNames(
      'import',
      kept.filter(Boolean).map((name) => (type ? `type ${name}` : name)),
      module,
    );
  });
}

/** Writes the relative imports, which end in `.ts`, with another extension. */
export function withExtension(files: Files, extension: Extension): Files {
  if (extension === 'ts') return files;
  const end = extension === 'js' ? '.js' : '';
  const change = (text: string) =>
    text.replace(/^((?:import|export|\}) .*from |.*\bimport\()'(\.[^']*)\.ts'/gm, `$1'$2${end}'`);
  return new Map(Array.from(files, ([name, text]) => [name, name.endsWith('.ts') ? change(text) : text]));
}

/** How to install the packages that the output imports and that are not installed where it is; empty without any. */
export function missingPackages(out: string, files: Files): string[] {
  const code = [...files.values()].join('\n');
  const missing = Object.entries(manifest.dependencies)
    .filter(([name]) => code.includes(` from '${name}';`) && findInstalled(name, out) === undefined)
    .map(([name, version]) => `${name}@${version}`);
  return missing.length > 0 ? [`\`npm install ${missing.join(' ')}\``] : [];
}
