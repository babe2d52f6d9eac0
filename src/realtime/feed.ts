import type { Knex } from 'knex';
import type { Log } from '../log.ts';
import { type LoggedEvent, readCursor, readEvents } from './eventLog.ts';

/** What a feed hands new events to. */
export interface Follower {
  offer(events: readonly LoggedEvent[]): void;
}

/** The new events of one user: read once, whatever the number of followers. */
export interface Feed {
  db: Knex;
  userId: string;
  log: Log;
  followers: Set<Follower>;
  /** Once it resolves, each event not yet committed before it began will be offered to the followers. */
  ready: Promise<void>;
  /** The seq up to which events have been offered; undefined before it is ready. */
  position: number | undefined;
  reading: boolean;
  /** A call came while the feed was reading. */
  again: boolean;
  closed: boolean;
  retry: NodeJS.Timeout | undefined;
}

const pageSize = 500;
const retryMs = 1000;

export function createFeed(db: Knex, userId: string, log: Log): Feed {
  const feed: Feed = {
    ...{ db, userId, log },
    followers: new Set(),
    ready: Promise.resolve(),
    position: undefined,
    reading: false,
    again: false,
    closed: false,
    retry: undefined,
  };
  feed.ready = readCursor(db, userId).then(({ headSeq }) => {
    feed.position = headSeq;
  });
  return feed;
}

/** Looks for new events: one query at a time, and one more where a call came meanwhile. `seq`: of the event that is told of. */
export function pokeFeed(feed: Feed, seq?: number): void {
  const known = seq !== undefined && feed.position !== undefined && seq <= feed.position;
  if (feed.closed || known) return;
  feed.again = true;
  clearTimeout(feed.retry);
  if (!feed.reading) void readUntilQuiet(feed);
}

export function closeFeed(feed: Feed): void {
  feed.closed = true;
  clearTimeout(feed.retry);
}

async function readUntilQuiet(feed: Feed): Promise<void> {
  feed.reading = true;
  try {
    await feed.ready;
    while (feed.again && !feed.closed) await readOnce(feed);
  } catch (error) {
    if (feed.closed) return;
    feed.log.warn({ err: error, userId: feed.userId }, 'new events could not be read; trying again');
    feed.retry = setTimeout(() => pokeFeed(feed), retryMs);
  } finally {
    feed.reading = false;
  }
}

async function readOnce(feed: Feed): Promise<void> {
  feed.again = false;
  const events = await readEvents(feed.db, { userId: feed.userId, after: feed.position ?? 0, limit: pageSize });
  feed.position = events.at(-1)?.seq ?? feed.position;
  feed.again ||= events.length === pageSize;
  if (events.length > 0) for (const follower of feed.followers) follower.offer(events);
}
