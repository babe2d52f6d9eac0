import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Knex } from 'knex';
import type SseChannel from 'sse-channel';
import type { ChannelClient, ChannelRequest } from 'sse-channel';
import type { Log } from '../log.ts';
import { drained } from './drained.ts';
import { type LoggedEvent, readHead } from './eventLog.ts';
import type { Hub } from './hub.ts';
import { isOver } from './isOver.ts';
import { ssePieces } from './pieces.ts';
import type { TakeSlot } from './slots.ts';

export interface StreamRequest {
  userId: string;
  /** The session or key that let the reader in: the stream ends with it. */
  grant?: string | undefined;
  /** A task of this user: the caller has looked. Undefined: all of the user's tasks. */
  taskId?: string | undefined;
  /** Everything later than this event. Undefined: a task from its first event, all tasks from now on. */
  after?: number | undefined;
}

export interface StreamRoom {
  hub: Hub;
  db: Knex;
  log: Log;
  takeSlot: TakeSlot;
  /** Opens streams, keeps them alive, and says when to come back; what is told goes past it, many events in one write. */
  channel: SseChannel;
  /** A reader with more than this unsent gets nothing more until it has caught up. */
  unsentLimitBytes: number;
  /** A reader that does not catch up within this time is cut; it can resume. */
  stallLimitMs: number;
}

const ended = new Set<string | undefined>(['completed', 'failed', 'cancelled']);

/**
 * Streams events to one reader until it leaves, the hub closes, or the task it follows has ended. Answers 'over', and has written
 * nothing, where the task ended and there is nothing later than `after`. Throws `quota_reached` before anything is written.
 */
export async function streamEvents(
  room: StreamRoom,
  req: IncomingMessage,
  res: ServerResponse,
  { userId, grant, taskId, after }: StreamRequest,
): Promise<'open' | 'over'> {
  const giveBack = room.takeSlot({
    ...{ userId, kind: 'sse', reader: `${grant} ${taskId}`, resumes: after !== undefined },
    giveWay: () => finish(room, res),
  });
  res.once('close', giveBack);
  try {
    const from = after ?? (taskId === undefined ? await readHead(room.db, userId) : 0);
    if (taskId !== undefined && (await isOver(room.db, { userId, taskId, after: from }))) {
      giveBack();
      return 'over';
    }
    if (!res.closed) open(room, req, res, { userId, grant, taskId, after: from });
    return 'open';
  } catch (error) {
    giveBack();
    throw error;
  }
}

function open(
  room: StreamRoom,
  req: IncomingMessage,
  res: ServerResponse,
  wanted: StreamRequest & { after: number },
): void {
  room.channel.addClient(requestOf(req, res), clientOf(res));
  // A reader that is lost before its first event resumes from here, not from whenever it comes back.
  res.write(`id: ${wanted.after}\n\n`);
  let lastStatus: string | undefined;
  const deliver = (events: readonly LoggedEvent[], caughtUp: boolean) => {
    const behind = send(room, res, ssePieces(events));
    lastStatus = events.at(-1)?.status ?? lastStatus;
    if (!behind && caughtUp && wanted.taskId !== undefined && ended.has(lastStatus)) {
      leave();
      finish(room, res);
    }
    return behind;
  };
  const leave = room.hub.subscribe(wanted, {
    deliver,
    end(error) {
      if (error) room.log.warn({ err: error, userId: wanted.userId }, 'an event stream broke off');
      finish(room, res);
    },
  });
  res.once('close', leave);
}

/** A promise where the reader is behind: it resolves when everything written has left. */
function send(room: StreamRoom, res: ServerResponse, pieces: readonly Buffer[], from = 0): Promise<void> | undefined {
  for (const [index, piece] of pieces.entries()) {
    if (index < from || res.closed || res.writableEnded) continue;
    res.write(piece);
    if (res.writableLength > room.unsentLimitBytes) {
      return drained(res, room.stallLimitMs).then(() => send(room, res, pieces, index + 1));
    }
  }
  return undefined;
}

/** A reader that does not take what is left for it is cut. */
function finish(room: StreamRoom, res: ServerResponse): void {
  res.end();
  if (res.closed) return;
  const cut = setTimeout(() => res.destroy(), room.stallLimitMs);
  res.once('close', () => clearTimeout(cut));
}

/** sse-channel takes a client for gone once the request's body was read; ours is gone when its response is. */
function requestOf(req: IncomingMessage, res: ServerResponse): ChannelRequest {
  return {
    url: '/',
    headers: {},
    socket: req.socket,
    on: (event, listener) => {
      if (event === 'close') res.once('close', listener);
    },
  };
}

/** sse-channel's own headers let proxies buffer and transform, and it pings a stream that is ending. */
function clientOf(res: ServerResponse): ChannelClient {
  return {
    writeHead: (status, headers) =>
      res.writeHead(status, { ...headers, 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' }),
    write: (chunk) => {
      if (!res.writableEnded) res.write(chunk);
    },
    end: () => res.end(),
    on: (event, listener) => res.on(event, listener),
  };
}
