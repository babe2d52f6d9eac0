import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Client, type ClientOptions, DirectorAI } from './sdk.ts';

export interface Heard {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
  at: number;
}

type Act = (res: ServerResponse, heard: Heard) => void;

/** A server that answers as it is told, one act per request, the last one from then on. */
export interface Scripted {
  readonly heard: Heard[];
  play(...acts: Act[]): void;
  origin(): string;
  client(options?: ClientOptions): Client;
}

export const answer =
  (data: unknown, status = 200): Act =>
  (res) => {
    res.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'request-1' });
    res.end(JSON.stringify({ code: 200, message: 'OK', data }));
  };

export const refuse =
  (status: number, key: string, headers: Record<string, string> = {}, more: object = {}): Act =>
  (res) => {
    res.writeHead(status, { 'content-type': 'application/problem+json', ...headers });
    const type = `urn:directorai:problem:${key}`;
    res.end(JSON.stringify({ type, title: key, status, detail: key, code: 1, requestId: 'r', errors: [], ...more }));
  };

/** Closes the connection in place of an answer. */
export const hangUp: Act = (res) => void res.socket?.destroy();

export const stayAway: Act = () => undefined;

export const user = {
  id: '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e01',
  username: 'ada',
  email: 'ada@example.com',
  avatar: null,
  createdAt: '2026-11-23T09:30:00.000Z',
};

export function useScripted(): Scripted {
  let acts: Act[] = [];
  const scripted: Scripted = {
    heard: [],
    play(...next) {
      acts = next;
      scripted.heard.length = 0;
    },
    origin: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    client: (options) => new DirectorAI({ baseUrl: scripted.origin(), apiKey: 'dai_key', ...options }),
  };
  const server = createServer(async (req: IncomingMessage, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk);
    const { method = '', url = '', headers } = req;
    const heard = { method, url, headers, body: Buffer.concat(chunks).toString(), at: performance.now() };
    scripted.heard.push(heard);
    const act = acts.length > 1 ? acts.shift() : acts[0];
    act?.(res, heard);
  });
  before(() => new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening)));
  after(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return scripted;
}
