import type { Connection, Invitation } from '../../../generated/schema.ts';
import type { Sandbox } from '../sandbox.ts';

/** A call of the API that the control page sends, and shows as code. */
export interface SampleCall {
  key: string;
  /** The base URL. */
  url: string;
  path: string;
  body?: object;
  /** The call of the method client. */
  method: string;
}

/** Creates a reconnect invitation for the owner of a connection, and mails it. */
export function inviteCall(
  sandbox: Sandbox,
  origin: string,
  { id, company, workflowOwnerEmail: owner }: Connection,
): SampleCall {
  const body = { ...(owner && { allowedEmails: [owner] }), maxUses: 1, ...(owner && { sendEmail: true }) };
  return {
    ...access(sandbox, origin, company?.id),
    path: `/invitation/connection/${id}`,
    body,
    method: `createReconnectInvitation(${JSON.stringify(id)}, ${JSON.stringify(body)})`,
  };
}

export function revokeCall(sandbox: Sandbox, origin: string, { id, companyId }: Invitation): SampleCall {
  return {
    ...access(sandbox, origin, companyId),
    path: `/invitation/${id}/revoke`,
    method: `revokeInvitation(${JSON.stringify(id)})`,
  };
}

function access(sandbox: Sandbox, origin: string, companyId: string | undefined) {
  const key = sandbox.tenants().find(({ id }) => id === companyId)?.key ?? sandbox.key;
  return { key, url: `${origin}/v2` };
}

/** A curl command in one line. */
export function curlOf({ key, url, path, body }: SampleCall): string {
  const content = body && ` -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`;
  return `curl -X POST '${url}${path}' -H 'X-API-KEY: ${key}'${content ?? ''}`;
}

/** A program that uses the method client. */
export function typescriptOf({ key, url, method }: SampleCall): string {
  return `import { createClient } from 'nectar-openapi';

const nectar = createClient({ apiKey: '${key}', baseUrl: '${url}' });
const invitation = await nectar.${method};
console.log(invitation.status, invitation.invitationUrl);
`;
}

/**
 * Sends a call, as a program of the customer would.
 *
 * @throws {RangeError} with the detail of an error, or if a fault has broken the connection
 */
export async function send({ key, url, path, body }: SampleCall, sandbox: Sandbox): Promise<void> {
  const headers = { 'x-api-key': key, 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: body ? JSON.stringify(body) : null };
  const response = await sandbox.fetch(url + path, init).catch((error: Error) => {
    throw new RangeError(error.message);
  });
  if (response.ok) return;
  const { detail } = (await response.json()) as { detail: string };
  throw new RangeError(`The API responded with ${response.status}: ${detail}`);
}
