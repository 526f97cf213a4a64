import process from 'node:process';
import * as client from 'nectar-openapi';
import * as sandboxes from 'nectar-openapi/sandbox';
import * as webhooks from 'nectar-openapi/webhooks';
import { recover } from './sandbox.mjs';
import { smoke } from './smoke.mjs';

await smoke(client, webhooks, { baseUrl: process.argv[2] });
await recover(client, sandboxes);
console.log('It works.');
