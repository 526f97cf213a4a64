import type * as clients from 'nectar-openapi';
import { expect } from 'vitest';
import type { Change, Clients } from './altered-runtime.ts';
import { type Fault, FaultServer, reset } from './fault-server.ts';
import { ID, KEY } from './subject.ts';

/** A guard of the runtime, and what shows that it is there. */
export interface Guard extends Change {
  name: string;
  /** Passes only with the guard. */
  check(clients: Clients): Promise<void>;
}

/** A GET by the methods. */
export async function getFrom({ createClient }: Clients, fault: Fault, options: clients.ClientOptions = {}) {
  await using server = await FaultServer.start(fault);
  const result = await createClient({ apiKey: KEY, baseUrl: server.origin, ...options })
    .getConnection(ID)
    .result();
  return result.ok ? { end: 'data' } : { end: result.error.name, error: result.error };
}

export async function expectOneRequest(
  { createClient }: Clients,
  fault: Parameters<typeof FaultServer.start>[0],
) {
  await using server = await FaultServer.start(fault ?? reset);
  const client = createClient({ apiKey: KEY, baseUrl: server.origin, maxRetries: 1 });
  await client.createReconnectInvitation(ID).result();
  expect(server.count).toBe(1);
}
