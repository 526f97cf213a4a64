import process from 'node:process';
import * as client from 'nectar-openapi';
import * as webhooks from 'nectar-openapi/webhooks';
import { smoke } from './smoke.mjs';

await smoke(client, webhooks, { baseUrl: process.argv[2] });
console.log('It works.');
