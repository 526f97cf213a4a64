import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A server that knows no HTTP. */
export class TcpServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  protected constructor(serve: (socket: Socket) => void) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      serve(socket);
    });
  }

  static async start(serve: (socket: Socket) => void): Promise<TcpServer> {
    return await new TcpServer(serve).listen();
  }

  protected async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  origin(protocol: string): string {
    return `${protocol}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A proxy that responds to each CONNECT with the same status. With 200 it connects. */
export class ConnectProxy extends TcpServer {
  /** Requests to connect. */
  count = 0;

  static async respondingWith(status: number): Promise<ConnectProxy> {
    const proxy: ConnectProxy = new ConnectProxy((socket) =>
      socket.once('data', (head) => {
        proxy.count++;
        socket.write(`HTTP/1.1 ${status} Proxy\r\n\r\n`);
        const port = /^CONNECT [^ ]*:(\d+) /.exec(head.toString())?.[1];
        if (status !== 200) socket.end();
        else {
          const target = connect(Number(port), '127.0.0.1');
          target.on('error', () => socket.destroy()).on('close', () => socket.destroy());
          socket
            .on('close', () => target.destroy())
            .pipe(target)
            .pipe(socket);
        }
      }),
    );
    return await proxy.listen();
  }
}
