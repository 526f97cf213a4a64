import { createClient } from '../../generated/index.ts';
import { createSandbox } from '../../scripts/nectar/sandbox.ts';
import { startSandbox } from '../../scripts/nectar/start.ts';
import { median } from './measure.ts';

const invitations = 10_000;
/** A call of each kind is timed so often, at the beginning and at the end. */
const samples = 500;

type Client = ReturnType<typeof createClient>;

interface Ids {
  connection: string;
  company: string;
}

console.log(
  `\n| ${invitations} invitations in the sandbox, medians in ms | the first ${samples} | the last ${samples} |`,
);
console.log('|---|---:|---:|');
await measureInProcess();
await measureOverHttp();

async function measureInProcess(): Promise<void> {
  const sandbox = createSandbox();
  const nectar = createClient({ apiKey: sandbox.key, fetch: sandbox.fetch, baseUrl: 'http://127.0.0.1/v2' });
  await measure('in-process', nectar, idsOf(sandbox));
}

async function measureOverHttp(): Promise<void> {
  const running = await startSandbox({ port: 0, prism: false });
  try {
    const nectar = createClient({ apiKey: running.sandbox.key, baseUrl: `${running.url}/v2` });
    await measure('over HTTP, without Prism', nectar, idsOf(running.sandbox));
  } finally {
    await running.close();
  }
}

function idsOf({
  connections,
  company,
}: Pick<ReturnType<typeof createSandbox>, 'connections' | 'company'>): Ids {
  return { connection: connections.passwordIncorrect.id, company: company.id };
}

/** Creates all invitations; lists and reads some while there are few, and again when all are there. */
async function measure(place: string, nectar: Client, { connection, company }: Ids): Promise<void> {
  const creates: number[] = [];
  let last = '';
  const create = async () => {
    creates.push(await timeOf(async () => (last = (await nectar.createReconnectInvitation(connection)).id)));
  };
  const read = async () => ({
    list: await medianOf(() => nectar.listInvitations(company)),
    get: await medianOf(() => nectar.getInvitation(last)),
  });
  for (let count = 0; count < samples; count++) await create();
  const few = await read();
  for (let count = samples; count < invitations; count++) await create();
  const all = await read();
  print(`create, ${place}`, median(creates.slice(0, samples)), median(creates.slice(-samples)));
  print(`list, ${place}`, few.list, all.list);
  print(`get, ${place}`, few.get, all.get);
}

async function medianOf(call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < samples; count++) times.push(await timeOf(call));
  return median(times);
}

async function timeOf(call: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await call();
  return performance.now() - start;
}

function print(name: string, first: number, last: number): void {
  console.log(`| ${name} | ${first.toFixed(3)} | ${last.toFixed(3)} |`);
}
