import { enableCompileCache } from 'node:module';
import { compiledFolder } from './cli/project.ts';
import { newPart } from './new/command.ts';

enableCompileCache(compiledFolder);

await newPart(process.argv.slice(2));
