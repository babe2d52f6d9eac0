import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { AppError, describeError, errors, type Language } from '../errors.ts';
import type { LoggedEvent } from './eventLog.ts';
import { numberedSocketPieces, socketPieces } from './pieces.ts';
import type { SocketOptions, SocketRoom } from './socket.ts';
import { type ClientMessage, parseClientMessage } from './socketMessages.ts';
import type { Listening } from './watchUsers.ts';

interface Session {
  room: SocketRoom;
  options: SocketOptions;
  socket: WebSocket;
  /** What the socket is made of. */
  connection: Duplex;
  who: Listening;
  language: Language;
  /** Tasks followed by number, each with the function that stops it; the others come without numbers. */
  numbered: Map<string, () => void>;
  /** Messages are handled one after another, in the order they came. */
  queue: Promise<void>;
  recent: number;
}

const policyViolation = 1008;
const mostNumbered = 100;
const mostMessages = 60;
const messageWindowMs = 10_000;
const defaultPingMs = 25_000;

/** Serves an accepted socket: all of the user's tasks from `from` on, numbered ones from where the client says. */
export function serveSocket(
  room: SocketRoom,
  options: SocketOptions,
  { socket, connection }: Pick<Session, 'socket' | 'connection'>,
  { who, from, req }: { who: Listening; from: number; req: IncomingMessage },
): void {
  const language = /^\s*zh/i.test(req.headers['accept-language'] ?? '') ? 'zh' : 'en';
  const session: Session = {
    ...{ room, options, socket, connection, who, language },
    numbered: new Map(),
    queue: Promise.resolve(),
    recent: 0,
  };
  const leave = room.hub.subscribe(
    { ...who, after: from },
    {
      deliver: (events) => sendPlain(session, events),
      end: () => socket.close(1012),
    },
  );
  const stopPings = keepAlive(socket, options.pingEveryMs ?? defaultPingMs);
  const forgive = setInterval(() => {
    session.recent = 0;
  }, messageWindowMs);
  socket.on('message', (data, isBinary) => take(session, data, isBinary));
  socket.on('error', (error) => room.log.debug({ err: error, userId: who.userId }, 'a socket broke'));
  socket.once('close', () => {
    leave();
    stopPings();
    clearInterval(forgive);
    for (const stop of session.numbered.values()) stop();
  });
}

function take(session: Session, data: RawData, isBinary: boolean): void {
  session.recent += 1;
  if (session.recent > mostMessages) {
    session.socket.close(policyViolation);
    return;
  }
  session.queue = session.queue.then(async () => {
    try {
      if (isBinary) throw errors.malformedJson();
      await obey(session, parseClientMessage(data.toString()));
    } catch (error) {
      complain(session, error);
    }
  });
}

async function obey(session: Session, message: ClientMessage): Promise<void> {
  const { numbered, options, who, room } = session;
  const { type, taskId, after } = message;
  if (!(await options.ownsTask(who.userId, taskId))) throw errors.notFound('task');
  if (session.socket.readyState !== session.socket.OPEN) return;
  if (type === 'unsubscribe' || after !== undefined) numbered.get(taskId)?.();
  if (type === 'unsubscribe' || after === undefined) return;
  if (numbered.size >= mostNumbered) throw errors.quotaReached('open streams', mostNumbered);
  const leave = room.hub.subscribe(
    { ...who, taskId, after },
    {
      deliver: (events) => send(session, numberedSocketPieces(events)),
      end: () => session.socket.close(1012),
    },
  );
  numbered.set(taskId, () => {
    leave();
    numbered.delete(taskId);
  });
}

function sendPlain(session: Session, events: readonly LoggedEvent[]): Promise<void> | undefined {
  const { numbered } = session;
  const isPlain = ({ taskId }: LoggedEvent) => taskId === null || !numbered.has(taskId);
  return send(session, socketPieces(numbered.size === 0 ? events : events.filter(isPlain)));
}

/**
 * Whole frames go straight to the connection: `ws` writes its own at once as well, so the two never mix. A promise where the reader is
 * behind; one that stays behind too long is cut, and can resume.
 */
function send(session: Session, pieces: readonly Buffer[], from = 0): Promise<void> | undefined {
  const { socket, connection, room } = session;
  for (const [index, piece] of pieces.entries()) {
    if (index < from || socket.readyState !== socket.OPEN) continue;
    if (connection.writableLength > room.unsentLimitBytes) {
      return sendSlowly(session, piece).then(() => send(session, pieces, index + 1));
    }
    connection.write(piece);
  }
  return undefined;
}

/** Resolves when the piece has left, or the connection is gone. */
function sendSlowly({ socket, connection, room }: Session, piece: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => socket.terminate(), room.stallLimitMs);
    connection.write(piece, () => {
      clearTimeout(cut);
      resolve();
    });
  });
}

function complain({ socket, language, room }: Session, error: unknown): void {
  if (!(error instanceof AppError)) room.log.error({ err: error }, 'a socket message could not be handled');
  const { code, key, params } = error instanceof AppError ? error : errors.unavailable();
  socket.send(JSON.stringify({ type: 'error', data: { code, message: describeError(key, params, language) } }));
}

/** Ends a connection whose other side has not answered since the ping before. */
function keepAlive(socket: WebSocket, everyMs: number): () => void {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const timer = setInterval(() => {
    if (alive) socket.ping();
    else socket.terminate();
    alive = false;
  }, everyMs);
  return () => clearInterval(timer);
}
