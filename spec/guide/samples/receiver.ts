import { createServer, type IncomingMessage } from 'node:http';
import { eventId, unwrap, WebhookError, type WebhookEvent } from 'nectar-openapi/webhooks';

const secret = process.env.NECTAR_WEBHOOK_SECRET ?? ''; // whsec_…, shown where you set up the endpoint.
const done = new Set<string>(); // In production: a database table.

const receiver = createServer(async (request, response) => {
  try {
    const body = await readBody(request);
    if (!body) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    const event = unwrap(body, request.headers, secret);
    const id = eventId(request.headers);
    if (!done.has(id)) handle(event);
    done.add(id);
    response.writeHead(204).end();
  } catch (error) {
    console.error(error instanceof WebhookError ? error.reason : error);
    response.writeHead(error instanceof WebhookError ? 400 : 500).end();
  }
});
receiver.listen(Number(process.env.PORT ?? 3000), () => console.log('Ready:', receiver.address()));

// Anyone can send requests: stop reading at a size that no event has.
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > 1_000_000) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

// Respond within 15 seconds: use a queue for longer work.
function handle(event: WebhookEvent): void {
  switch (event.eventType) {
    case 'connection.created.v2':
      console.log(`${event.id} is new.`);
      break;
    case 'connection.updated.v2':
      console.log(`${event.id} has changed:`, event.protectedChanges);
      break;
    case 'connection.validated.v2':
      console.log(`${event.id} is ${event.status}.`);
      break;
    default: // Events that this version does not know.
      console.log('Not handled:', String(event.eventType));
  }
}
