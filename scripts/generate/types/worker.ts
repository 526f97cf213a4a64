import { enableCompileCache } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { usePackedLibraries } from '../../cli/packed-libraries.ts';
import { compiledFolder } from '../../cli/project.ts';

enableCompileCache(compiledFolder);
await usePackedLibraries();
const { emitTypes } = await import('./emit.ts');

parentPort?.on('message', (document: object) => parentPort?.postMessage(emitTypes(document)));
