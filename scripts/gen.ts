import { enableCompileCache } from 'node:module';
import { compiledFolder } from './cli/project.ts';

// Before everything else, as only what is imported from here on is compiled once and not at every run.
enableCompileCache(compiledFolder);
const { gen } = await import('./generate/command.ts');

await gen(process.argv.slice(2));
