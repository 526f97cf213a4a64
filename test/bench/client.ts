import createFetchClient from 'openapi-fetch';
import { createClient, type paths } from '../../generated/client.ts';
import { median } from './measure.ts';
import { redoclyClient } from './redocly-client.ts';

const turns = 41;
const callsPerTurn = 500;
const baseUrl = 'https://external.nectarclimate.com/v2';
const apiKey = 'key';
const id = '3f2b8c1e-7a4d-4e55-9b60-1c2d3e4f5a6b';
const answer = JSON.stringify({ id, invitationUrl: 'https://example.com/i/1', status: 'ACTIVE' });

/** Answers at once, as no network does: what is left is what the client itself costs. */
async function stubFetch(): Promise<Response> {
  return new Response(answer, { headers: { 'content-type': 'application/json' } });
}

const ours = createClient({ baseUrl, apiKey, fetch: stubFetch });
const rival = createFetchClient<paths>({ baseUrl, headers: { 'X-API-KEY': apiKey }, fetch: stubFetch });
const redocly = await redoclyClient({ baseUrl, apiKey, fetch: stubFetch });
const body = { maxUses: 1 };

const candidates: Record<string, () => Promise<unknown>> = {
  async 'fetch and json(), nothing else'() {
    const send: typeof fetch = stubFetch;
    const response = await send(`${baseUrl}/invitation/connection/${id}`, {
      method: 'POST',
      headers: { 'X-API-KEY': apiKey, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.json();
  },
  'nectar-openapi': () => ours.createReconnectInvitation(id, body),
  'openapi-fetch': () =>
    rival.POST('/invitation/connection/{connection_id}', { params: { path: { connection_id: id } }, body }),
  'Redocly generate-client': () => redocly(id, body),
};

const times = new Map(Object.keys(candidates).map((name) => [name, [] as number[]]));
for (let turn = 0; turn <= turns; turn++) {
  for (const [name, call] of Object.entries(candidates)) {
    const start = performance.now();
    for (let count = 0; count < callsPerTurn; count++) await call();
    // The first turn only warms up.
    if (turn > 0) times.get(name)?.push(((performance.now() - start) / callsPerTurn) * 1000);
  }
}

const medians = Array.from(times, ([name, all]) => [name, median(all)] as const);
const base = medians[0]?.[1] ?? Number.NaN;
console.log(`| One call without a network, median of ${turns} | µs | ratio |\n|---|---:|---:|`);
for (const [name, time] of medians)
  console.log(`| ${name} | ${time.toFixed(1)} | ${(time / base).toFixed(2)} |`);
