import { parentPort } from 'node:worker_threads';
import { usePackedLibraries } from '../../cli/packed-libraries.ts';

await usePackedLibraries();
const [{ emitTypes }, { checkTypes }] = await Promise.all([import('./emit.ts'), import('./check.ts')]);

parentPort?.on('message', (document: object) => {
  const types = emitTypes(document);
  checkTypes(types);
  parentPort?.postMessage(types);
});
