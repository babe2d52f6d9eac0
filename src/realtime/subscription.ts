import type { Knex } from 'knex';
import type { Batch } from './batch.ts';
import { type LoggedEvent, readEvents } from './eventLog.ts';
import type { Feed, Follower } from './feed.ts';

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
    offer: (batch) => offer(reader, batch),
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
  const lastPage = await readPages(reader);
  const readUpTo = lastPage.at(-1)?.seq ?? reader.sent;
  const meanwhile = laterThan(readUpTo, reader.held ?? []);
  if (isOpen(reader)) passLive(reader, [...lastPage, ...meanwhile]);
}

/** Passes whole pages on and answers the last one; live events are held from the moment before it is read. */
async function readPages(reader: Reader): Promise<LoggedEvent[]> {
  for (;;) {
    reader.held = [];
    const page = await readEvents(reader.db, { ...reader.wanted, after: reader.sent, limit: pageSize });
    if (page.length < pageSize || !isOpen(reader)) return page;
    await passPast(reader, page);
  }
}

/** What happens while the subscriber takes these is read from the log afterwards. */
async function passPast(reader: Reader, events: readonly LoggedEvent[]): Promise<void> {
  reader.held = undefined;
  await pass(reader, events, false);
}

function offer(reader: Reader, batch: Batch): void {
  const own = batch.of(reader.wanted.taskId);
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
  const fresh = laterThan(reader.sent, events);
  reader.sent = fresh.at(-1)?.seq ?? reader.sent;
  return isOpen(reader) ? reader.subscriber.deliver(fresh, caughtUp) : undefined;
}

/** The very list that was given where none of it was sent: what readers share is written once for all of them. */
function laterThan(sent: number, events: readonly LoggedEvent[]): readonly LoggedEvent[] {
  const first = events[0]?.seq ?? 0;
  return first > sent ? events : events.filter((event) => event.seq > sent);
}

function isOpen(reader: Reader): boolean {
  return reader.state !== 'closed';
}

function end(reader: Reader, error?: unknown): void {
  if (!isOpen(reader)) return;
  reader.state = 'closed';
  reader.subscriber.end(error);
}
