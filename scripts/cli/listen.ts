import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Failure } from './failure.ts';

/**
 * Starts to listen. Returns the URL of the server, without a trailing slash.
 *
 * @param call the call of the command, for the advice in a failure
 * @throws {Failure} if the port is in use or not allowed, or the host does not belong to this machine
 */
export async function listen(server: Server, port: number, host: string, call: string): Promise<string> {
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  } catch (error) {
    throw new Failure(describeListenError(error as NodeJS.ErrnoException, port, host, call));
  }
  const { address, family, port: taken } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`;
}

/** Stops listening and closes every connection. */
export async function stopListening(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

function describeListenError(
  { code, message }: NodeJS.ErrnoException,
  port: number,
  host: string,
  call: string,
): string {
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use. Stop what runs there, or use another one: ${call} -- --port ${port + 1}`;
  if (code === 'EACCES')
    return `Port ${port} is not allowed for you. Use one above 1023: ${call} -- --port 4010`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is not an address of this machine. Leave --host out, or use --host 0.0.0.0 to be reached from outside.`;
  return `The server could not be started on ${host}, port ${port}: ${message}`;
}
