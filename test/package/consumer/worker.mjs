import * as client from 'nectar-openapi';
import * as sandboxes from 'nectar-openapi/sandbox';
import * as webhooks from 'nectar-openapi/webhooks';
import { recover } from './sandbox.mjs';
import { smoke } from './smoke.mjs';

export default {
  /** What `workerd test` calls. */
  async test(_controller, { baseUrl }) {
    await smoke(client, webhooks, { baseUrl });
    await recover(client, sandboxes);
  },
};
