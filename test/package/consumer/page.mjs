import * as client from 'nectar-openapi';
import * as webhooks from 'nectar-openapi/webhooks';
import { smoke } from './smoke.mjs';

/** Called by the browser's driver. */
export const run = (baseUrl) => smoke(client, webhooks, { baseUrl, allowBrowser: true });
