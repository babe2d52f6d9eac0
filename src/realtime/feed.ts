import type { Knex } from 'knex';
import type { Log } from '../log.ts';
import { type Batch, createBatch } from './batch.ts';
import { readHead } from './eventLog.ts';
import { pageOfNew, type ReadNew } from './newEvents.ts';

/** What a feed hands new events to. */
export interface Follower {
  offer(batch: Batch): void;
}

/** The new events of one user: read once, whatever the number of followers. */
export interface Feed {
  userId: string;
  log: Log;
  readNew: ReadNew;
  /** Called for each new event once all followers have been offered it, with the time since it was appended. */
  onTold(lagSeconds: number): void;
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

const retryMs = 1000;

export function createFeed({ db, ...given }: Pick<Feed, 'userId' | 'log' | 'readNew' | 'onTold'> & { db: Knex }): Feed {
  const feed: Feed = {
    ...given,
    followers: new Set(),
    ready: Promise.resolve(),
    position: undefined,
    reading: false,
    again: false,
    closed: false,
    retry: undefined,
  };
  feed.ready = readHead(db, given.userId).then((head) => {
    feed.position = head;
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
  const events = await feed.readNew(feed.userId, feed.position ?? 0);
  feed.position = events.at(-1)?.seq ?? feed.position;
  feed.again ||= events.length === pageOfNew;
  if (events.length === 0) return;
  const readAt = performance.now();
  const batch = createBatch(events);
  for (const follower of feed.followers) follower.offer(batch);
  const sinceRead = (performance.now() - readAt) / 1000;
  for (const { ageSeconds } of events) feed.onTold(ageSeconds + sinceRead);
}
