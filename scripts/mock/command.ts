import { join } from 'node:path';
import { chooseApi, targetOf } from '../cli/apis.ts';
import { readPort } from '../cli/flags.ts';
import { printable } from '../cli/printable.ts';
import { runCommand } from '../cli/run-command.ts';

const command = {
  call: 'npm run mock',
  about:
    'Serves the examples of a contract of redocly.yaml with Prism, refuses what the contract refuses, and prints a line for each request. Ends at Ctrl-C.',
  operands: '[NAME]',
  flags: {
    port: { value: 'NUMBER', about: 'the port to listen on; 0 takes a free one (default: 4011)' },
    host: { value: 'ADDRESS', about: 'the address to listen on (default: 127.0.0.1, only this machine)' },
  },
  examples: ['npm run mock', 'npm run mock -- --port 0'],
  exitCodes: { 0: 'It was stopped.', 1: 'It could not start: the message says why.' },
} as const;

/** `npm run mock`, with the arguments that follow it. */
export async function mock(args: readonly string[]): Promise<void> {
  await runCommand(command, args, async ({ port: wanted = '4011', host }, names) => {
    const port = readPort(wanted);
    const target = targetOf(chooseApi(names));
    const [{ startMock }, { curlFor }, { formatExchange }, { findStaleContract }] = await Promise.all([
      import('./start.ts'),
      import('./curl.ts'),
      import('./exchange.ts'),
      import('../generate/find-stale.ts'),
    ]);
    const running = await startMock({
      document: join(target.out, 'openapi.yaml'),
      port,
      ...(host !== undefined && { host }),
      onExchange: (exchange) => console.log(printable(formatExchange(exchange, running.operations))),
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => running.close());
    console.log(
      `The mock of the contract listens on ${running.url}. Stop it with Ctrl-C. Try:\n\n  ${curlFor(running.operations, running.url)}\n`,
    );
    const stale = await findStaleContract(target);
    if (stale !== undefined) console.error(printable(stale));
  });
}
