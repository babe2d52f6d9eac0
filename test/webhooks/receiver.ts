import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export interface Receiver {
  url: string;
  port: number;
  received: Received[];
  /** Decides on every answer; 204 unless told. Undefined: none is ever given. */
  reply(request: Received): Reply | undefined;
  close(): Promise<void>;
}

/** Somebody's webhook endpoint, on this machine. */
export async function startReceiver(address = '127.0.0.1', port = 0): Promise<Receiver> {
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const request = { path: req.url ?? '', headers: req.headers, body: Buffer.concat(chunks).toString() };
      receiver.received.push(request);
      const reply = receiver.reply(request);
      if (reply) res.writeHead(reply.status, reply.headers).end(reply.body);
    });
  });
  await new Promise<void>((listening) => server.listen(port, address, listening));
  const receiver: Receiver = {
    port: (server.address() as AddressInfo).port,
    url: `http://${address}:${(server.address() as AddressInfo).port}/hook`,
    received: [],
    reply: () => ({ status: 204 }),
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return receiver;
}
