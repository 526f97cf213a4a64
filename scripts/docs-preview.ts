import { enableCompileCache } from 'node:module';
import { readPort } from './cli/flags.ts';
import { usePackedLibraries } from './cli/packed-libraries.ts';
import { compiledFolder } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';

enableCompileCache(compiledFolder);

const command = {
  call: 'npm run docs:preview',
  about:
    'Serves the documentation on this machine, and reloads the page after each change of the contract and of the text. Ends at Ctrl-C.',
  flags: { port: { value: 'NUMBER', about: 'the port to listen on; 0 takes a free one (default: 4020)' } },
  examples: ['npm run docs:preview', 'npm run docs:preview -- --port 0'],
  exitCodes: { 0: 'It was stopped.', 1: 'It could not start: the message says why.' },
} as const;

await runCommand(command, process.argv.slice(2), async ({ port: wanted = '4020' }) => {
  const port = readPort(wanted);
  await usePackedLibraries();
  const { startPreview } = await import('./docs/preview/start.ts');
  const preview = await startPreview(port);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => preview.close());
  console.log(
    `The docs are at ${preview.url} and update after each change of the contract and of their text. Stop with Ctrl-C.`,
  );
});
