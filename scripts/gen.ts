import { gen } from './generate/command.ts';

await gen(process.argv.slice(2));
