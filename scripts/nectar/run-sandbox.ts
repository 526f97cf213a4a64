import { chooseApi, targetOf } from '../cli/apis.ts';
import { readPort, wrongCall } from '../cli/flags.ts';
import { printable } from '../cli/printable.ts';
import { runCommand } from '../cli/run-command.ts';

const command = {
  call: 'npm run sandbox',
  about:
    'Runs a simulated Nectar on this machine: the API with its state, a mailbox, the page of an invitation, signed events, and a control page. Prism validates each request and each response. Ends at Ctrl-C.',
  flags: {
    port: { value: 'NUMBER', about: 'the port to listen on; 0 takes a free one (default: 4010)' },
    webhook: { value: 'URL', about: 'the URL to post events to; you can also set it on the control page' },
    data: {
      value: 'FILE',
      about: 'the SQLite file that keeps the state; without it, the state ends with the command',
    },
  },
  examples: ['npm run sandbox', 'npm run sandbox -- --data sandbox.db --webhook http://127.0.0.1:3000'],
  exitCodes: {
    0: 'It was stopped.',
    1: 'It could not start, or one of its responses has violated the contract: see the message.',
  },
} as const;

await runCommand(command, process.argv.slice(2), async ({ port = '4010', webhook, data }) => {
  const number = readPort(port);
  if (webhook !== undefined && !/^https?:/.test(URL.parse(webhook)?.protocol ?? ''))
    throw wrongCall(`--webhook takes an address that begins with http:// or https://, but got "${webhook}".`);
  const [{ startSandbox }, { curlOf, inviteCall }, { findStaleContract }] = await Promise.all([
    import('./start.ts'),
    import('./pages/samples.ts'),
    import('../generate/find-stale.ts'),
  ]);
  const { url, sandbox, violations, close } = await startSandbox({
    port: number,
    data,
    receiver: webhook === undefined ? undefined : { url: webhook },
    onCall: (line) => console.log(printable(line)),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      await close();
      if (violations.length === 0) return;
      console.error(printable(`The sandbox has violated the contract:\n${violations.join('\n')}`));
      process.exitCode = 1;
    });
  }
  console.log(`The sandbox is up. Stop it with Ctrl-C.

  API      ${url}/v2
  Key      ${sandbox.key}
  Control  ${url}/
  Mail     ${url}/sandbox/mail
  Events   ${webhook ?? 'kept: give --webhook, or an address on the control page'}
           signed with ${sandbox.webhookSecret}

Create an invitation, and open its mail:

  ${curlOf(inviteCall(sandbox, url, sandbox.connections.passwordIncorrect))}
`);
  const stale = await findStaleContract(targetOf(chooseApi(['nectar'])));
  if (stale !== undefined) console.error(printable(stale));
});
