// The flags that npm runs this with, in package.json: --import as compile-cache.js says; --max-semi-space-size because
// what a thread makes here lives to the end, so that more room for what dies young is no gain, but 100 MB on a large
// contract.
import { gen } from './generate/command.ts';

await gen(process.argv.slice(2));
