import { createServer, type IncomingMessage } from 'node:http';

const service = 'https://external.nectarclimate.com/v2';
const key = process.env.NECTAR_API_KEY ?? '';
const calls = new Map<string, Promise<Reply>>(); // In production: a database table that all processes share.

interface Reply {
  status: number;
  body: string;
}

export const route = createServer(async (request, response) => {
  const { method = 'GET', url = '', headers } = request;
  const user = userOf(request);
  const id = headers['x-call-id'];
  if (!user || !url.startsWith('/nectar/') || (method !== 'GET' && id === undefined)) {
    response.writeHead(user ? 400 : 401).end();
    return;
  }
  try {
    const body = Buffer.concat(await request.toArray()).toString();
    const { status, body: text } = await once(id && `${user} ${id}`, () => forward(method, url, body));
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  } catch {
    response.writeHead(502).end();
  }
});
route.listen(Number(process.env.PORT ?? 3000), '127.0.0.1');

// A browser sends a request again if its connection breaks. All of them get the response to the first.
async function once(call: string | undefined, send: () => Promise<Reply>): Promise<Reply> {
  const reply = (call && calls.get(call)) || send();
  if (call && !calls.has(call)) {
    calls.set(call, reply);
    setTimeout(() => calls.delete(call), 600_000).unref();
  }
  return await reply;
}

async function forward(method: string, url: string, body: string): Promise<Reply> {
  const response = await fetch(service + url.slice('/nectar'.length), {
    method,
    headers: { 'content-type': 'application/json', 'x-api-key': key },
    body: body || null,
    redirect: 'manual',
  });
  return { status: response.status, body: await response.text() };
}

// Check the session of your user here, and what the user may do.
function userOf(request: IncomingMessage): string | undefined {
  return request.headers.cookie;
}
