import type { EventRow, World } from './world.ts';

/** The receiver of the events. */
export interface Receiver {
  /** The URL to post them to. */
  url: string;
  /** `whsec_` and base64. @default the sandbox's `webhookSecret` */
  secret?: string;
  /** Sends them. @default the platform's `fetch` */
  fetch?: typeof globalThis.fetch;
}

/** Signs an event: the headers and the body that a receiver gets. */
export type Sign = (
  payload: object,
  secret: string,
  options: { id: string },
) => { headers: Record<string, string>; body: string };

/** The secret for signatures, unless the receiver has its own. */
export const webhookSecret = 'whsec_c2FuZGJveC1zZWNyZXQtZm9yLXRlc3RzLW9ubHk=';

/**
 * Milliseconds to wait after each failure. Stated by Svix, which delivers the events: /retries in its documentation.
 */
const pauses = [5, 300, 1800, 7200, 18_000, 36_000, 36_000].map((seconds) => seconds * 1000);

/** Milliseconds within which a receiver must respond. Stated: /developer-guide/webhooks. */
const patience = 15_000;

/** Adds an event, which is due immediately. */
export function emit<Payload extends { eventType: string }>(world: World, payload: Payload): void {
  const [id, at] = [world.token('msg_'), world.timestamp()];
  world.events.put({ id, at, type: payload.eventType, payload, attempts: [], dueAt: world.now() });
}

/** Makes an event due again, with the same id, to simulate a duplicate delivery. */
export function sendAgain(world: World, id: string): void {
  const event = world.events.get(id);
  if (event === undefined) throw new RangeError(`There is no event ${id} in this sandbox.`);
  world.events.put({ ...event, dueAt: world.now() });
}

/**
 * When the next event is due, in milliseconds on the sandbox's clock.
 *
 * @param underWay ids of the events that are being sent, which do not count
 */
export function nextDue(world: World, underWay: ReadonlySet<string>): number | undefined {
  const due = world.events.all().flatMap(({ id, dueAt }) => (underWay.has(id) ? [] : (dueAt ?? [])));
  return due.length > 0 ? Math.min(...due) : undefined;
}

/**
 * Sends the events that are due. Any 2xx within 15 seconds is a delivery; after another response, or none, the event is
 * sent again. An event stays due until the result is stored: a process that ends before that sends it once more after a
 * restart.
 *
 * @param underWay ids of the events that are being sent
 * @param keep stores the result of each attempt
 */
export async function deliverDue(
  world: World,
  receiver: Receiver,
  sign: Sign,
  underWay: Set<string>,
  keep: (event: EventRow) => void,
): Promise<void> {
  const due = world.events
    .all()
    .filter(({ id, dueAt }) => dueAt !== null && dueAt <= world.now() && !underWay.has(id));
  await Promise.all(
    due.map(async (event) => {
      underWay.add(event.id);
      const attempt = { at: world.timestamp(), ...(await post(event, receiver, sign)) };
      underWay.delete(event.id);
      const latest = world.events.get(event.id) as EventRow;
      const pause = attempt.delivered ? undefined : pauses[event.attempts.length];
      const next = pause === undefined ? null : world.now() + pause;
      keep({
        ...latest,
        attempts: [...latest.attempts, attempt],
        // Somebody may have requested another delivery in the meantime.
        dueAt: latest === event ? next : latest.dueAt,
      });
    }),
  );
}

async function post(
  { id, payload }: EventRow,
  { url, secret = webhookSecret, fetch: send = fetch }: Receiver,
  sign: Sign,
): Promise<{ result: string; delivered: boolean }> {
  // Signed with the time of the platform, as a receiver compares it with its own clock, which nobody advances.
  const signed = sign(payload, secret, { id });
  try {
    const response = await send(url, {
      method: 'POST',
      ...signed,
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    await response.body?.cancel();
    return { result: String(response.status), delivered: response.ok };
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string } };
    const result = name === 'TimeoutError' ? 'no response within 15 s' : (cause?.code ?? 'no connection');
    return { result, delivered: false };
  }
}
