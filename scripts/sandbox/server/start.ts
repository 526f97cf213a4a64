import { existsSync } from 'node:fs';
import { displayPath } from '../../cli/display-path.ts';
import { Failure } from '../../cli/failure.ts';
import { serve } from '../../cli/serve.ts';
import { refusal } from '../api.ts';
import { BrokenConnection } from '../faults.ts';
import type { EngineOptions, EngineSandbox } from '../sandbox.ts';
import { validateWithPrism } from './prism.ts';
import { openStore } from './store.ts';

export interface ServerOptions extends Pick<EngineOptions, 'clock' | 'receiver'> {
  /** 0 selects any free port. */
  port: number;
  /** The path of the SQLite file for the state; without one, it is in memory. */
  data?: string | undefined;
  /** Whether Prism validates each request and response. @default true */
  prism?: boolean;
  /** Called for each request to the API: `POST /v2/ping -> 200`. */
  onCall?: (line: string) => void;
}

/** A sandbox that is served over HTTP, only to this machine. */
export interface RunningSandbox<Sandbox = EngineSandbox> {
  /** Without a trailing slash. The control page is at `/`. */
  url: string;
  sandbox: Sandbox;
  /** Responses of the sandbox that violated the contract, which are bugs of the sandbox. */
  violations: readonly string[];
  close(): Promise<void>;
}

/** The interval of the check for events that are due, in milliseconds. */
const deliveryInterval = 500;

/**
 * @param create creates the sandbox of a service
 * @param document path of the bundled contract
 * @throws {Failure} if the port is in use, the file cannot be used, or there is no contract
 */
export async function serveSandbox<Sandbox extends EngineSandbox>(
  create: (options: EngineOptions) => Sandbox,
  document: string,
  { port, data, prism = true, clock = 'real', onCall = () => {}, ...rest }: ServerOptions,
): Promise<RunningSandbox<Sandbox>> {
  const violations: string[] = [];
  await using stack = new AsyncDisposableStack();
  const journal = data === undefined ? undefined : stack.use(openStore(data));
  if (prism && !existsSync(document))
    throw new Failure(`There is no ${displayPath(document)} to check against. Run \`npm run gen\` first.`);
  const through = prism ? await validateWithPrism(document, (each) => violations.push(each)) : undefined;
  let sandbox: Sandbox | undefined;

  /** Undefined for a connection that a fault breaks. */
  async function respond(request: Request): Promise<Response | undefined> {
    const { pathname, search } = new URL(request.url);
    const isCall = !/^\/(?:$|sandbox\/)/.test(pathname);
    const log = (end: string | number) => {
      if (isCall) onCall(`${request.method} ${pathname}${search} -> ${end}`);
    };
    if (sandbox === undefined) return refusal(503, 'The sandbox is starting: send this again.');
    try {
      const response = await sandbox.fetch(request);
      log(response.status);
      return response;
    } catch (error) {
      log((error as Error).message);
      if (error instanceof BrokenConnection) return undefined;
      return refusal(500, `The sandbox failed: ${(error as Error).message}`);
    }
  }

  const served = await serve({ port, call: 'npm run sandbox', respond });
  stack.defer(() => served.close());
  const { url } = served;
  sandbox = create({
    ...rest,
    clock,
    origin: url,
    ...(journal && { journal }),
    ...(through && { through }),
  });
  sandbox.onChange(logChanges(sandbox, onCall));
  const timer = setInterval(() => {
    sandbox?.deliver().catch((error: Error) => onCall(`The sandbox failed: ${error.message}`));
  }, deliveryInterval).unref();
  stack.defer(() => clearInterval(timer));
  const kept = stack.move();
  return { url, sandbox, violations, close: () => kept.disposeAsync() };
}

/** Logs each mail that is sent, and each attempt to deliver an event. */
function logChanges(sandbox: EngineSandbox, onCall: (line: string) => void): () => void {
  let mails = sandbox.mails().length;
  const attemptsOf = () => new Map(sandbox.events().map(({ id, attempts }) => [id, attempts.length]));
  let attempts = attemptsOf();
  return () => {
    const all = sandbox.mails();
    for (const { to, subject } of all.slice(mails)) onCall(`mail to ${to}: ${subject}`);
    mails = all.length;
    for (const { id, type, attempts: made } of sandbox.events())
      for (const { result } of made.slice(attempts.get(id) ?? 0)) onCall(`event ${type} -> ${result}`);
    attempts = attemptsOf();
  };
}
