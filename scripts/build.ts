import { enableCompileCache } from 'node:module';
import { build } from './build/command.ts';
import { compiledFolder } from './cli/project.ts';

enableCompileCache(compiledFolder);

await build(process.argv.slice(2));
