import { chooseApi } from '../../cli/apis.ts';
import { readPort } from '../../cli/flags.ts';
import { runCommand } from '../../cli/run-command.ts';

const command = {
  call: 'npm run docs:preview',
  about:
    'Serves the documentation of a contract of redocly.yaml on this machine, and reloads the page after each change of the contract and of the text. Ends at Ctrl-C.',
  operands: '[NAME]',
  flags: { port: { value: 'NUMBER', about: 'the port to listen on; 0 takes a free one (default: 4020)' } },
  examples: ['npm run docs:preview', 'npm run docs:preview -- --port 0'],
  exitCodes: { 0: 'It was stopped.', 1: 'It could not start: the message says why.' },
} as const;

/** `npm run docs:preview`, with the arguments that follow it. */
export async function docsPreview(args: readonly string[]): Promise<void> {
  await runCommand(command, args, async ({ port: wanted = '4020' }, names) => {
    const api = chooseApi(names);
    const port = readPort(wanted);
    const { startPreview } = await import('./start.ts');
    const preview = await startPreview(api, port);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => preview.close());
    console.log(
      `The docs are at ${preview.url} and update after each change of the contract and of their text. Stop with Ctrl-C.`,
    );
  });
}
