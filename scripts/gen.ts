import { enableCompileCache } from 'node:module';
import { compiledFolder } from './cli/project.ts';
import { gen } from './generate/command.ts';

enableCompileCache(compiledFolder);

await gen(process.argv.slice(2));
