import * as client from 'nectar-openapi';
import * as sandboxes from 'nectar-openapi/sandbox';
import * as webhooks from 'nectar-openapi/webhooks';
import { cut } from './cut.mjs';
import { recover } from './sandbox.mjs';
import { smoke } from './smoke.mjs';

/** Called by the browser's driver. */
export async function run(baseUrl, cutUrl) {
  await smoke(client, webhooks, { baseUrl, allowBrowser: true });
  await recover(client, sandboxes, { allowBrowser: true });
  await cut(client, { baseUrl: cutUrl, allowBrowser: true });
}
