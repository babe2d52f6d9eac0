import type { IncomingMessage } from 'node:http';
import type { RawData, WebSocket } from 'ws';
import { AppError, describeError, errors, type Language } from '../errors.ts';
import type { LoggedEvent } from './eventLog.ts';
import type { SocketOptions, SocketRoom } from './socket.ts';
import { type ClientMessage, parseClientMessage, withSeq } from './socketMessages.ts';
import type { Listening } from './watchUsers.ts';

interface Session {
  room: SocketRoom;
  options: SocketOptions;
  socket: WebSocket;
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
  socket: WebSocket,
  { who, from, req }: { who: Listening; from: number; req: IncomingMessage },
): void {
  const language = /^\s*zh/i.test(req.headers['accept-language'] ?? '') ? 'zh' : 'en';
  const session: Session = {
    ...{ room, options, socket, who, language },
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
      deliver: (events) => send(session, events.map(withSeq)),
      end: () => session.socket.close(1012),
    },
  );
  numbered.set(taskId, () => {
    leave();
    numbered.delete(taskId);
  });
}

function sendPlain(session: Session, events: readonly LoggedEvent[]): Promise<void> | undefined {
  const plain = events.filter(({ taskId }) => taskId === null || !session.numbered.has(taskId));
  return send(
    session,
    plain.map(({ message }) => message),
  );
}

/** A promise where the reader is behind; one that stays behind too long is cut, and can resume. */
function send(session: Session, messages: readonly string[], from = 0): Promise<void> | undefined {
  const { socket, room } = session;
  for (const [index, message] of messages.entries()) {
    if (index < from || socket.readyState !== socket.OPEN) continue;
    if (socket.bufferedAmount > room.unsentLimitBytes) {
      return sendSlowly(session, message).then(() => send(session, messages, index + 1));
    }
    socket.send(message);
  }
  return undefined;
}

/** Resolves when the message has left, or the connection is gone. */
function sendSlowly({ socket, room }: Session, message: string): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => socket.terminate(), room.stallLimitMs);
    socket.send(message, () => {
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
