import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { findStillAllowed, type Listener } from '../../src/db/listeners.ts';
import { createLog } from '../../src/log.ts';
import { appendEvent } from '../../src/realtime/eventLog.ts';
import { createRealtime, type Realtime, type RealtimeOptions } from '../../src/realtime/realtime.ts';
import type { TestDatabase } from '../support/database.ts';

export interface Stage {
  realtime: Realtime;
  /** `http://127.0.0.1:port`. */
  url: string;
  socketUrl: string;
  /** Connections the server holds, each with its unsent bytes. */
  unsent(): number[];
  close(): Promise<void>;
}

export const log = createLog(process.env.TEST_LOG_LEVEL ?? 'silent');
export const origin = 'https://studio.example';

/** One node of the service, reduced to its live connections. A user's id is its token. */
export async function startStage(database: TestDatabase, more: Partial<RealtimeOptions> = {}): Promise<Stage> {
  const stillAllowed = (listeners: readonly Listener[]) => findStillAllowed(database.db, listeners);
  const realtime = createRealtime({
    databaseUrl: database.url,
    db: database.db,
    log,
    maxStreamsPerUser: 50,
    stillAllowed,
    ...more,
  });
  const server = createServer((req, res) => {
    answer(realtime, req, res).catch((error: unknown) => {
      res.statusCode = error instanceof Error && 'status' in error ? Number(error.status) : 500;
      res.end(String(error));
    });
  });
  realtime.attachSockets(server, {
    path: '/ws',
    allowedOrigins: [origin],
    authenticate: async ({ ticket, token }) => {
      const userId = ticket ?? token;
      return userId === undefined ? undefined : { userId };
    },
    ownsTask: async (userId, id) => Boolean(await database.db('tasks').where({ id, user_id: userId }).first('id')),
    pingEveryMs: 200,
  });
  const connections = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return {
    realtime,
    url: `http://${host}`,
    socketUrl: `ws://${host}/ws`,
    unsent: () => [...connections].map((socket) => socket.writableLength),
    async close() {
      await realtime.close();
      server.closeIdleConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** `/USER/events` and `/USER/TASK/events`; `?grant=` is what lets the reader in. */
async function answer(realtime: Realtime, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost');
  const [userId = '', taskId] = pathname.split('/').filter((part) => part && part !== 'events');
  const after = req.headers['last-event-id'] ?? searchParams.get('after');
  res.setHeader('X-Request-Id', 'kept');
  req.resume();
  const outcome = await realtime.stream(req, res, {
    userId,
    taskId,
    grant: searchParams.get('grant') ?? undefined,
    after: after === null ? undefined : Number(after),
  });
  if (outcome === 'over') res.writeHead(204).end();
}

export interface Progress {
  userId: string;
  taskId: string;
  status?: string;
  progress?: number;
  message?: string;
}

/** Appends one progress event in a transaction of its own, as the engine does. */
export function tell(
  database: TestDatabase,
  { userId, taskId, status = 'processing', progress = 1, message }: Progress,
) {
  const details = { stage: 'images', step: 'drawSceneImage', done: 0, total: 1, ...(message ? { message } : {}) };
  return database.db.transaction((trx) =>
    appendEvent(trx, { userId, taskId, type: 'task.progress', data: { status, progress, details } }),
  );
}
