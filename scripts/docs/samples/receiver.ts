import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { eventId, unwrap, WebhookError, type WebhookEvent } from 'nectar-openapi/webhooks';

const secret = process.env.NECTAR_WEBHOOK_SECRET ?? ''; // whsec_…, shown where you set up the endpoint.
const done = new Set<string>(); // In production: a table that outlives the process.

const receiver = createServer(async (request, response) => {
  try {
    const event = unwrap(await buffer(request), request.headers, secret);
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

// Answer within 15 seconds: what takes longer belongs in a queue.
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
    default: // Events of later versions arrive here as they are.
      console.log('Not handled:', String(event.eventType));
  }
}
