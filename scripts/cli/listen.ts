import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Failure } from './failure.ts';

/**
 * Lets a server listen, and returns its address without a slash at the end.
 *
 * @param call how the command is called, for the advice in a failure
 * @throws {Failure} when the port is taken or may not be used, or the host is not of this machine
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

/** Frees the port, and ends every connection. */
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
    return `Port ${port} is in use. Stop what runs there, or take another one: ${call} -- --port ${port + 1}`;
  if (code === 'EACCES')
    return `Port ${port} may not be used by you. Take one above 1023: ${call} -- --port 4010`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is not an address of this machine. Leave --host out, or use --host 0.0.0.0 to be reached from outside.`;
  return `The server could not be started on ${host}, port ${port}: ${message}`;
}
