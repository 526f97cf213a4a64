import { checks } from './lint/checks.ts';
import { lint } from './lint/command.ts';

await lint(process.argv.slice(2), checks);
