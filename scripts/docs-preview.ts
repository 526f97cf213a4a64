import { enableCompileCache } from 'node:module';
import { Failure } from './cli/failure.ts';
import { parseFlags } from './cli/flags.ts';
import { usePackedLibraries } from './cli/packed-libraries.ts';
import { compiledFolder } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';

const usage = 'npm run docs:preview -- [--port NUMBER]';

enableCompileCache(compiledFolder);

await runCommand(async () => {
  const { port = '4020' } = parseFlags(process.argv.slice(2), { port: 'value' }, usage);
  if (!/^\d+$/.test(port) || Number(port) > 65535) {
    throw new Failure(`--port takes a number from 0 to 65535, but got "${port}".\nUsage: ${usage}`, {
      exitCode: 2,
    });
  }
  await usePackedLibraries();
  const { startPreview } = await import('./docs/preview/start.ts');
  const preview = await startPreview(Number(port));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => preview.close());
  console.log(
    `The docs are at ${preview.url} and follow each change of the contract and of their own text. Stop with Ctrl-C.`,
  );
});
