import { enableCompileCache } from 'node:module';
import { compiledFolder } from './cli/project.ts';
import { docs } from './docs/command.ts';

enableCompileCache(compiledFolder);

await docs(process.argv.slice(2));
