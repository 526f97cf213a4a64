// Loaded before a script, with --import: what is compiled for one run is kept for the next. JavaScript, because the
// first TypeScript file that is not kept yet costs 50 ms, for Node to load what strips its types.
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// The folder that project.ts calls `compiledFolder`.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/nectar-openapi/compiled'));
