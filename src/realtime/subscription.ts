import type { Knex } from 'knex';
import { type LoggedEvent, readCursor, readEvents } from './eventLog.ts';
import type { Feed, Follower } from './feed.ts';
import { readSnapshots } from './prunedEvents.ts';

/** What somebody wants to follow: everything later than `after`, of one task or of all of the user's. */
export interface Wanted {
  userId: string;
  /** What let the reader in, where that may end before the reader leaves. */
  grant?: string | undefined;
  taskId?: string | undefined;
  after: number;
}

export interface Subscriber {
  /**
   * Takes events in order, each once. `caughtUp` says that nothing later is known yet. A promise means that the reader is behind:
   * nothing more comes before it resolves, and what happens meanwhile waits in the log, not in memory.
   */
  deliver(events: readonly LoggedEvent[], caughtUp: boolean): Promise<void> | undefined;
  /** No more events come: the hub is closing, or (with an error) the log could not be read. */
  end(error?: unknown): void;
}

export interface Subscription extends Follower {
  /** Stops without a word to the subscriber. */
  close(): void;
  /** Stops and tells the subscriber. */
  end(error?: unknown): void;
}

interface Reader {
  db: Knex;
  feed: Feed;
  wanted: Wanted;
  subscriber: Subscriber;
  state: 'past' | 'live' | 'closed';
  /** The last seq the subscriber was given. */
  sent: number;
  /** Live events that came while a page of the past was read. */
  held: LoggedEvent[] | undefined;
}

const pageSize = 200;

/**
 * Reads the past in pages while live events are held back, then passes live ones on; whatever was sent already is dropped. A
 * subscriber that falls behind goes back to reading pages.
 */
export function startSubscription(db: Knex, feed: Feed, wanted: Wanted, subscriber: Subscriber): Subscription {
  const reader: Reader = { db, feed, wanted, subscriber, state: 'past', sent: wanted.after, held: undefined };
  void follow(reader, feed.ready);
  return {
    offer: (events) => offer(reader, events),
    close: () => {
      reader.state = 'closed';
    },
    end: (error) => end(reader, error),
  };
}

async function follow(reader: Reader, after: Promise<void>): Promise<void> {
  reader.state = 'past';
  try {
    await after;
    if (isOpen(reader)) await readPast(reader);
  } catch (error) {
    end(reader, error);
  }
}

async function readPast(reader: Reader): Promise<void> {
  const { prunedSeq } = await readCursor(reader.db, reader.wanted.userId);
  if (reader.sent < prunedSeq) await readBeforePruned(reader, prunedSeq);
  const lastPage = await readPages(reader);
  const readUpTo = lastPage.at(-1)?.seq ?? reader.sent;
  const later = (reader.held ?? []).filter((event) => event.seq > readUpTo);
  if (isOpen(reader)) passLive(reader, [...lastPage, ...later]);
}

/** Passes whole pages on, up to `upTo`, and answers the last one; live events are held from the moment before it is read. */
async function readPages(reader: Reader, upTo?: number): Promise<LoggedEvent[]> {
  for (;;) {
    reader.held = [];
    const page = await readEvents(reader.db, { ...reader.wanted, after: reader.sent, upTo, limit: pageSize });
    if (page.length < pageSize || !isOpen(reader)) return page;
    await passPast(reader, page);
  }
}

/** Deleted events are all up to `prunedSeq`: their stand-ins come after the ones left there, before the later ones. */
async function readBeforePruned(reader: Reader, prunedSeq: number): Promise<void> {
  const { userId, taskId } = reader.wanted;
  await passPast(reader, await readPages(reader, prunedSeq));
  const snapshots = await readSnapshots(reader.db, { userId, taskId, prunedSeq });
  await passPast(reader, snapshots);
  reader.sent = prunedSeq;
}

/** What happens while the subscriber takes these is read from the log afterwards. */
async function passPast(reader: Reader, events: readonly LoggedEvent[]): Promise<void> {
  reader.held = undefined;
  await pass(reader, events, false);
}

function offer(reader: Reader, events: readonly LoggedEvent[]): void {
  const { taskId } = reader.wanted;
  const own = taskId === undefined ? events : events.filter((event) => event.taskId === taskId);
  if (own.length === 0) return;
  try {
    if (reader.state === 'live') passLive(reader, own);
    else reader.held?.push(...own);
  } catch (error) {
    end(reader, error);
  }
}

function passLive(reader: Reader, events: readonly LoggedEvent[]): void {
  reader.state = 'live';
  reader.held = undefined;
  const behind = pass(reader, events, true);
  if (behind && isOpen(reader)) void follow(reader, behind);
}

function pass(reader: Reader, events: readonly LoggedEvent[], caughtUp: boolean): Promise<void> | undefined {
  const fresh = events.filter((event) => event.seq > reader.sent);
  reader.sent = fresh.at(-1)?.seq ?? reader.sent;
  return isOpen(reader) ? reader.subscriber.deliver(fresh, caughtUp) : undefined;
}

function isOpen(reader: Reader): boolean {
  return reader.state !== 'closed';
}

function end(reader: Reader, error?: unknown): void {
  if (!isOpen(reader)) return;
  reader.state = 'closed';
  reader.subscriber.end(error);
}
