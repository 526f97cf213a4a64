import { Redactor } from '../../generated/runtime/redact.ts';
import type { Company, Connection, InvitationDetail } from '../../generated/schema.ts';
import { signTestEvent } from '../../generated/webhooks.ts';
import {
  type Engine,
  type EngineOptions,
  type EngineSandbox,
  type SimulatedService,
  simulate,
} from '../sandbox/sandbox.ts';
import { api } from './api.ts';
import { setStatus } from './connections.ts';
import { type Credentials, showDetail } from './invitations.ts';
import { pagesOf } from './pages/pages.ts';
import * as recipients from './recipient.ts';
import { type ConnectionName, connectionIds, harborKey, plant, type Seed } from './seed.ts';
import { type Mail, NectarWorld, type Tenant } from './world.ts';

export type { ApiCall } from '../sandbox/calls.ts';
export type { Receiver } from '../sandbox/events.ts';
export type { Fault, FaultKind } from '../sandbox/faults.ts';
export type { Change, Duration, EventRow, Journal } from '../sandbox/world.ts';
export type { Credentials } from './invitations.ts';
export type { Submitted } from './recipient.ts';
export type { ConnectionName, Seed } from './seed.ts';
export type { Mail, Tenant } from './world.ts';

/** Options of a sandbox. */
export interface SandboxOptions extends EngineOptions {
  /**
   * Its initial state: some connections that wait for their owners, or the same ones connected.
   * @default 'broken-connections'
   */
  seed?: Seed;
}

/** The actions of a recipient with a link: `invitationUrl`, or the link of a mail. */
export interface RecipientActions {
  /** Opens the link. @returns the page, or the reason why the link is dead */
  open(): Promise<'form' | 'email-needed' | Submitted>;
  /**
   * Submits the form. If the invitation is for certain addresses, `email` is verified first, by a mail that the sandbox
   * sends to it. The events are delivered when this resolves.
   */
  submit(credentials: Credentials & { email?: string }): Promise<Submitted>;
}

type Submitted = recipients.Submitted;

/** A simulated Nectar: its API, mails, recipients, events and clock. */
export interface Sandbox extends EngineSandbox {
  /** The API key of `company`. */
  readonly key: string;
  readonly company: Company & { id: string };
  /** The initial connections, in their current state. */
  readonly connections: Readonly<Record<ConnectionName, Connection>>;
  /** The sent mails, the oldest first. */
  mails(to?: string): (Mail & { link: string })[];
  /** All invitations with their logs, the oldest first. */
  invitations(): InvitationDetail[];
  allConnections(): Connection[];
  /** The companies and their API keys. */
  tenants(): Tenant[];
  recipient(link: string): RecipientActions;
  /** Changes the status of a connection, like Nectar's weekly check, and sends the events. */
  setStatus(connectionId: string, status: string): Promise<void>;
}

/**
 * Creates a sandbox: deterministic, in memory, on Web APIs alone.
 *
 * @example
 * const sandbox = createSandbox();
 * const nectar = createClient({ apiKey: sandbox.key, fetch: sandbox.fetch });
 */
export function createSandbox({ seed = 'broken-connections', ...options }: SandboxOptions = {}): Sandbox {
  const service: SimulatedService<NectarWorld, Sandbox> = {
    api,
    sign: signTestEvent,
    redact,
    createWorld: (base, random) => new NectarWorld(base, random),
    plant: (world) => plant(world, seed),
    extend,
    pages: pagesOf,
  };
  return simulate(service, options);
}

function redact(text: string, credentials: readonly string[]): string {
  const redactor = new Redactor();
  for (const credential of credentials) redactor.add(credential);
  return redactor.text(text);
}

function extend(engine: Engine<NectarWorld>): Sandbox {
  const { origin, world } = engine;
  const initial = Object.entries(connectionIds).map(([name, id]) => [
    name,
    { enumerable: true, get: () => world().connections.get(id) },
  ]);
  return {
    ...engine.sandbox,
    key: harborKey,
    get company() {
      return world().tenants.all()[0]?.company as Sandbox['company'];
    },
    connections: Object.defineProperties({}, Object.fromEntries(initial)) as Sandbox['connections'],
    mails: (to) =>
      world()
        .mails.all()
        .filter((mail) => to === undefined || mail.to === to)
        .map((mail) => ({ ...mail, link: recipients.mailedLink(world(), mail, origin) })),
    invitations: () =>
      world()
        .invitations.all()
        .map((row) => showDetail(world(), row, origin)),
    allConnections: () => world().connections.all(),
    tenants: () => world().tenants.all(),
    recipient: (link) => ({
      async open() {
        const opened = engine.transact(() => recipients.open(world(), link));
        if (opened.page === 'dead') return opened.reason;
        return opened.page === 'gate' ? 'email-needed' : 'form';
      },
      submit({ email, ...credentials }) {
        return engine.change(() => {
          const ownLink =
            email !== undefined && recipients.proveAddress(world(), link, email)
              ? recipients.mailedLink(world(), world().mails.all().at(-1) as Mail, origin)
              : link;
          recipients.open(world(), ownLink);
          return recipients.submit(world(), ownLink, credentials);
        });
      },
    }),
    setStatus: (id, status) => engine.change(() => setStatus(world(), id, status)),
  };
}
