import { enableCompileCache } from 'node:module';
import { compiledFolder } from './cli/project.ts';

enableCompileCache(compiledFolder);
const { diff } = await import('./diff/command.ts');

await diff(process.argv.slice(2));
