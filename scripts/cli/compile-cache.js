// Loaded before gen.ts, with --import: keeps compiled code for the next run, which saves a sixth of the time of
// `npm run gen`. In JavaScript, because Node needs 50 ms to load what strips types.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// The folder that project.ts calls `compiledFolder`.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/nectar-openapi/compiled'));
