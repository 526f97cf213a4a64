import { parentPort } from 'node:worker_threads';
import { usePackedLibraries } from '../../cli/packed-libraries.ts';

await usePackedLibraries();
const { emitTypes } = await import('./emit.ts');

parentPort?.on('message', (document: object) => parentPort?.postMessage(emitTypes(document)));
