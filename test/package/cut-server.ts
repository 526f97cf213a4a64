import { TcpServer } from '../client/tcp-server.ts';

/** A server that keeps connections open, and cuts one as soon as it has read a POST. */
export interface CutServer extends AsyncDisposable {
  url: string;
  /** How often each create was sent, by its call id. Forgets them. */
  takeSendings(): number[];
}

const cors = [
  'Access-Control-Allow-Origin: *',
  'Access-Control-Allow-Headers: x-api-key, x-call-id, content-type',
  'Access-Control-Max-Age: 60',
];

export async function startCutServer(): Promise<CutServer> {
  const sendings = new Map<string, number>();
  const server = await TcpServer.start((socket) => {
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk;
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const head = text.slice(0, end);
        const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
        if (text.length < end + 4 + length) return;
        text = text.slice(end + 4 + length);
        if (head.startsWith('POST ')) {
          const id = /^x-call-id: (.*)$/im.exec(head)?.[1] ?? 'none';
          sendings.set(id, (sendings.get(id) ?? 0) + 1);
          socket.resetAndDestroy();
          return;
        }
        const body = '{"version":"2.0"}';
        const fields = ['Content-Type: application/json', `Content-Length: ${body.length}`, ...cors];
        socket.write(`HTTP/1.1 200 OK\r\n${fields.join('\r\n')}\r\n\r\n${body}`);
      }
    });
  });
  return {
    url: server.origin('http'),
    takeSendings() {
      const counts = [...sendings.values()];
      sendings.clear();
      return counts;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
