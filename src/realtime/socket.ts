import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Knex } from 'knex';
import { type WebSocket, WebSocketServer } from 'ws';
import { AppError, errors } from '../errors.ts';
import type { Log } from '../log.ts';
import { readHead } from './eventLog.ts';
import type { Hub } from './hub.ts';
import type { TakeSlot } from './slots.ts';
import { serveSocket } from './socketSession.ts';
import type { Listening } from './watchUsers.ts';

export interface Credentials {
  /** Of `?ticket=`. */
  ticket: string | undefined;
  /** Of `Authorization: Bearer`. */
  token: string | undefined;
}

export interface SocketOptions {
  path: string;
  /** Who it is and what lets them in, or undefined for credentials that are not valid (any more). */
  authenticate(credentials: Credentials, req: IncomingMessage): Promise<Listening | undefined>;
  ownsTask(userId: string, taskId: string): Promise<boolean>;
  /** Pages of other origins may not connect; a client that is no browser sends none. */
  allowedOrigins: readonly string[];
  pingEveryMs?: number;
}

export interface SocketRoom {
  hub: Hub;
  db: Knex;
  log: Log;
  takeSlot: TakeSlot;
  unsentLimitBytes: number;
  stallLimitMs: number;
}

/** The server is going away and comes back: try again. */
const serviceRestart = 1012;
const maxPayload = 64 * 1024;
const farewellMs = 1000;

/** Answers WebSocket upgrades of a server. The returned function ends all sockets, and answers no more. */
export function attachSockets(server: Server, room: SocketRoom, options: SocketOptions): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false });
  const onUpgrade = (req: IncomingMessage, connection: Duplex, head: Buffer) => {
    connection.on('error', () => connection.destroy());
    admit(room, options, req).then(
      ({ who, from, giveBack }) => {
        connection.once('close', giveBack);
        if (connection.destroyed) return giveBack();
        sockets.handleUpgrade(req, connection, head, (socket) =>
          serveSocket(room, options, { socket, connection }, { who, from, req }),
        );
      },
      (error: unknown) => refuse(connection, error, room.log),
    );
  };
  server.on('upgrade', onUpgrade);
  return async () => {
    server.off('upgrade', onUpgrade);
    await Promise.all([...sockets.clients].map(farewell));
  };
}

async function admit(room: SocketRoom, options: SocketOptions, req: IncomingMessage) {
  const url = new URL(req.url ?? '/', 'http://localhost');
  if (url.pathname !== options.path) throw errors.noRoute();
  const { origin, authorization } = req.headers;
  if (origin !== undefined && !options.allowedOrigins.includes(origin)) throw errors.forbidden();
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  const who = await options.authenticate({ ticket: url.searchParams.get('ticket') ?? undefined, token }, req);
  if (who === undefined) throw errors.unauthenticated();
  const giveBack = room.takeSlot({ userId: who.userId, kind: 'websocket' });
  try {
    return { who, giveBack, from: await readHead(room.db, who.userId) };
  } catch (error) {
    giveBack();
    throw error;
  }
}

/** Browsers show a refused upgrade's body to nobody, so it has none. */
function refuse(connection: Duplex, reason: unknown, log: Log): void {
  if (!(reason instanceof AppError)) log.error({ err: reason }, 'a socket could not be opened');
  const { status, headers } = reason instanceof AppError ? reason : errors.unavailable();
  const lines = Object.entries({ ...headers, connection: 'close', 'content-length': '0' }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  connection.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n`, () =>
    connection.destroy(),
  );
}

async function farewell(socket: WebSocket): Promise<void> {
  await new Promise<void>((resolve) => {
    const cut = setTimeout(() => socket.terminate(), farewellMs);
    socket.once('close', () => {
      clearTimeout(cut);
      resolve();
    });
    socket.close(serviceRestart);
  });
}
