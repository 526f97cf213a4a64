import * as client from 'nectar-openapi';
import * as webhooks from 'nectar-openapi/webhooks';
import { smoke } from './smoke.mjs';

export default {
  /** What `workerd test` calls. */
  test: (_controller, { baseUrl }) => smoke(client, webhooks, { baseUrl }),
};
