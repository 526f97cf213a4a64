import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { useMock } from './mock.ts';

/** As on the vendor's page, with a real address in place of the crawler's artefact, an id and a key. */
const command = `curl --request POST \\
  --url https://external.nectarclimate.com/v2/invitation/connection/{connection_id} \\
  --header 'Content-Type: application/json' \\
  --header 'X-API-KEY: <api-key>' \\
  --data '
{
  "allowedEmails": [
    "jsmith@example.com"
  ],
  "expiresInSeconds": 61,
  "maxUses": 2,
  "sendEmail": false
}
'
`;

const mock = useMock();

it("the vendor's curl command works against the mock, with another host", async () => {
  const local = command
    .replace('https://external.nectarclimate.com/v2', mock.url)
    .replace('{connection_id}', '7d1f0c52-9a3e-4b6d-8f21-5c0e4a9b7d36');
  const { stdout } = await promisify(execFile)('sh', ['-c', local.trimEnd()]);
  expect(JSON.parse(stdout)).toMatchObject({ invitationType: 'EDIT_CONNECTION', status: 'ACTIVE' });
  expect(mock.exchanges.map(({ status, violations }) => ({ status, violations }))).toEqual([
    { status: 201, violations: [] },
  ]);
});
