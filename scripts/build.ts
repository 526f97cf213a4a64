import { build } from './build/command.ts';

await build(process.argv.slice(2));
