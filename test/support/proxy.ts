import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy whose network can be broken in four ways. */
export interface TcpProxy {
  url: string;
  /** Ends every connection there is. */
  cut(): void;
  /** While on, new connections are refused at once. */
  refuse(on: boolean): void;
  /** The connections there are carry nothing any more, and nobody is told. */
  goSilent(): void;
  /** Those who are connected lose their connections; the service's side of them stays open, and is not told. */
  loseClients(): void;
  close(): Promise<void>;
}

export async function startProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const clients = new Map<Socket, Socket>();
  const state = { refusing: false };
  const server = createServer((near) => {
    if (state.refusing) {
      near.on('error', () => undefined);
      near.destroy();
      return;
    }
    const far = connect(Number(port), hostname);
    clients.set(near, far);
    near.once('close', () => clients.delete(near));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const url = new URL(target);
  url.host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut,
    refuse(on) {
      state.refusing = on;
      if (on) cut();
    },
    goSilent() {
      for (const socket of sockets) socket.unpipe().resume();
    },
    loseClients() {
      for (const [near, far] of clients) {
        near.unpipe().removeAllListeners('close').destroy();
        far.unpipe().resume();
        sockets.delete(near);
      }
      clients.clear();
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
