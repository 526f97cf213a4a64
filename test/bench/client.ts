import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { toolchainRoot } from '../../scripts/cli/project.ts';
import { bundleCall } from './bundle.ts';
import { median } from './measure.ts';
import { generateRivalClients } from './rival-clients.ts';

const turns = 41;
const callsPerTurn = 500;
const callsForHeap = 100_000;

type Call = (id: string, body: object) => Promise<unknown>;

interface Candidate {
  name: string;
  /** One of those above it, whose time is the measure of this one. */
  over?: string;
  /** Exports `connect`, which takes a fetch and returns a `Call` that creates a reconnect invitation. */
  program: string;
}

const service = `const baseUrl = 'https://external.nectarclimate.com/v2';
const apiKey = 'key';`;

const ours = (body: string) => `import { createClient, createFetchClient } from './generated/index.ts';
${service}
export const connect = (fetch) => { ${body} };`;

const openApiCall = `(id, body) =>
  api.POST('/invitation/connection/{connection_id}', { params: { path: { connection_id: id } }, body })`;

const candidates: Candidate[] = [
  {
    name: 'fetch and json(), nothing else',
    program: `${service}
export const connect = (fetch) => async (id, body) => {
  const headers = { 'X-API-KEY': apiKey, 'content-type': 'application/json' };
  const response = await fetch(baseUrl + '/invitation/connection/' + id, { method: 'POST', headers, body: JSON.stringify(body) });
  return response.json();
};`,
  },
  {
    name: 'nectar-openapi, methods',
    over: 'fetch and json(), nothing else',
    program: ours(
      'const client = createClient({ baseUrl, apiKey, fetch }); return (id, body) => client.createReconnectInvitation(id, body);',
    ),
  },
  {
    name: 'openapi-fetch',
    over: 'fetch and json(), nothing else',
    program: `import createOpenApiClient from 'openapi-fetch';
${service}
export const connect = (fetch) => {
  const api = createOpenApiClient({ baseUrl, headers: { 'X-API-KEY': apiKey }, fetch });
  return ${openApiCall};
};`,
  },
  {
    name: 'nectar-openapi, fetch client',
    over: 'openapi-fetch',
    program: ours(`const api = createFetchClient({ baseUrl, apiKey, fetch }); return ${openApiCall};`),
  },
  {
    name: 'Redocly generate-client',
    over: 'fetch and json(), nothing else',
    program: `import { client } from 'rivals/redocly.ts';
${service}
export const connect = (fetch) => {
  client.configure({ serverUrl: baseUrl, fetch, auth: { apiKey: { ApiKey: apiKey } } });
  return (id, body) => client.createReconnectInvitation({ path: { connection_id: id }, body });
};`,
  },
  {
    name: 'hey-api',
    over: 'fetch and json(), nothing else',
    program: `import { client } from 'rivals/hey-api/client.gen.ts';
import { createReconnectInvitation } from 'rivals/hey-api/sdk.gen.ts';
${service}
export const connect = (fetch) => {
  client.setConfig({ baseUrl, auth: apiKey, fetch });
  return (id, body) => createReconnectInvitation({ path: { connection_id: id }, body });
};`,
  },
];

const id = '3f2b8c1e-7a4d-4e55-9b60-1c2d3e4f5a6b';
const body = JSON.stringify({ id, invitationUrl: 'https://example.com/i/1', status: 'ACTIVE' });

/** Responds at once, as no network does: what is left is what the client itself costs. */
async function stubFetch(): Promise<Response> {
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

interface Measured extends Candidate {
  bytes: number;
  call: Call;
  /** Microseconds of a call, one median for each turn. */
  times: number[];
}

/** The same bundle is weighed and run. */
async function load(candidate: Candidate, folder: string): Promise<Measured> {
  const { bytes, text } = await bundleCall(candidate.program, toolchainRoot, { alias: { rivals: folder } });
  const file = join(folder, `${candidate.name.replaceAll(/\W+/g, '-')}.mjs`);
  writeFileSync(file, text);
  const { connect } = (await import(pathToFileURL(file).href)) as { connect(fetch: typeof stubFetch): Call };
  const call = connect(stubFetch);
  const { invitationUrl } = (await dataOf(call(id, {}))) as { invitationUrl?: unknown };
  if (!invitationUrl) throw new Error(`${candidate.name} does not return the invitation.`);
  return { ...candidate, bytes, call, times: [] };
}

/** Some return the data itself, others an object that holds it. */
async function dataOf(result: Promise<unknown>): Promise<object> {
  const value = Object(await result);
  return value.data ?? value;
}

function printCalls(measured: Measured[]): void {
  const medians = new Map(measured.map(({ name, times }) => [name, median(times)]));
  console.log(
    `\n| One call without a network, median of ${turns} | µs | ratio | min+gzip bytes |\n|---|---:|---:|---:|`,
  );
  for (const { name, over, bytes } of measured) {
    const time = medians.get(name) ?? Number.NaN;
    const ratio = over && `${(time / (medians.get(over) ?? Number.NaN)).toFixed(2)} x ${over}`;
    console.log(`| ${name} | ${time.toFixed(1)} | ${ratio ?? ''} | ${bytes} |`);
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Megabytes in use after so many calls. */
async function heapAfter(calls: number, call: Call): Promise<string> {
  for (let count = 0; count < calls; count++) await call(id, { maxUses: 1 });
  collectGarbage();
  return (process.memoryUsage().heapUsed / 2 ** 20).toFixed(1);
}

const folder = mkdtempSync(join(tmpdir(), 'nectar-openapi-bench-clients-'));
try {
  generateRivalClients(folder);
  const measured: Measured[] = [];
  for (const candidate of candidates) measured.push(await load(candidate, folder));
  for (let turn = 0; turn <= turns; turn++) {
    for (const { call, times } of measured) {
      const start = performance.now();
      for (let count = 0; count < callsPerTurn; count++) await call(id, { maxUses: 1 });
      // The first turn only warms up.
      if (turn > 0) times.push(((performance.now() - start) / callsPerTurn) * 1000);
    }
  }
  printCalls(measured);
  console.log(`\n| Heap in use, MB | at first | after ${callsForHeap} calls |\n|---|---:|---:|`);
  for (const { name, call } of measured.filter((each) => each.name.startsWith('nectar-openapi')))
    console.log(`| ${name} | ${await heapAfter(1000, call)} | ${await heapAfter(callsForHeap, call)} |`);
} finally {
  rmSync(folder, { recursive: true });
}
