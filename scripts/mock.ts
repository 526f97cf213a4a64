import { enableCompileCache } from 'node:module';
import { Failure } from './cli/failure.ts';
import { parseFlags } from './cli/flags.ts';
import { compiledFolder } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';

const usage = 'npm run mock -- [--port NUMBER] [--host ADDRESS]';

enableCompileCache(compiledFolder);

await runCommand(async () => {
  const { port = '4010', host } = parseFlags(process.argv.slice(2), { port: 'value', host: 'value' }, usage);
  if (!/^\d+$/.test(port) || Number(port) > 65535) {
    throw new Failure(`--port takes a number from 0 to 65535, but got "${port}".\nUsage: ${usage}`, {
      exitCode: 2,
    });
  }
  const [{ startMock }, { curlFor }, { formatExchange }] = await Promise.all([
    import('./mock/start.ts'),
    import('./mock/curl.ts'),
    import('./mock/exchange.ts'),
  ]);
  const mock = await startMock({
    port: Number(port),
    ...(host !== undefined && { host }),
    onExchange: (exchange) => console.log(formatExchange(exchange, mock.operations)),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => mock.close());
  console.log(
    `The mock of the contract listens on ${mock.url}. Stop it with Ctrl-C. Try:\n\n  ${curlFor(mock.operations, mock.url)}\n`,
  );
});
