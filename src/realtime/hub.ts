import type { Knex } from 'knex';
import type { Log } from '../log.ts';
import { closeFeed, createFeed, type Feed, pokeFeed } from './feed.ts';
import { listen } from './listener.ts';
import { createReadNew, type ReadNew } from './newEvents.ts';
import { type Subscriber, type Subscription, startSubscription, type Wanted } from './subscription.ts';
import { type Listening, type UserWatch, watchUsers } from './watchUsers.ts';

export interface HubOptions {
  /** Directly to the server: LISTEN does not survive a pooler in transaction mode. */
  databaseUrl: string;
  db: Knex;
  log: Log;
  /** Of these, the ones who may still listen; asked when some access ends, and every 30 s unless `checkUsersEveryMs` says otherwise. */
  stillAllowed: UserWatch['stillAllowed'];
  checkUsersEveryMs?: number;
  probeEveryMs?: number;
  probeLimitMs?: number;
  /** How often the log is read while nothing is listening. */
  pollEveryMs?: number;
  /** Called once for each event that is passed on live, with the seconds from its commit to the last reader's turn. */
  onTold?(lagSeconds: number): void;
}

/** Passes the events of users on to whoever follows them in this process, whichever process made them. */
export interface Hub {
  /** False while the connection that hears of new events is down and the log is polled instead. */
  readonly listening: boolean;
  /** How many follow something here: streams, sockets, and requests that wait. */
  readonly subscribers: number;
  /** Nothing is lost and nothing is repeated. The returned function ends it without a word to the subscriber. */
  subscribe(wanted: Wanted, subscriber: Subscriber): () => void;
  /** Calls back when an account, a session or a key of a user was ended by any process; missed while `listening` is false. */
  onAccessChanged(tell: (userId: string) => void): void;
  /** Ends every subscription. */
  close(): Promise<void>;
}

interface Following {
  db: Knex;
  log: Log;
  readNew: ReadNew;
  onTold(lagSeconds: number): void;
  feeds: Map<string, Feed>;
  subscriptions: Map<Subscription, Wanted>;
  tellAccessChanged: Set<(userId: string) => void>;
  closed: boolean;
}

const channel = 'directorai_events';

export function createHub(options: HubOptions): Hub {
  const { db, log, onTold = () => undefined } = options;
  const following: Following = {
    ...{ db, log, onTold, feeds: new Map(), subscriptions: new Map() },
    readNew: createReadNew(db, () => listener.session()),
    tellAccessChanged: new Set(),
    closed: false,
  };
  const watch = watchUsers({
    stillAllowed: options.stillAllowed,
    everyMs: options.checkUsersEveryMs ?? 30_000,
    log,
    listening: () => [...following.subscriptions.values()],
    dismiss: (listening) => endSubscriptions(following, listening),
  });
  following.tellAccessChanged.add(watch.check);
  const listener = listenFor(following, options);
  const poll = setInterval(() => {
    if (!listener.listening) pokeAll(following);
  }, options.pollEveryMs ?? 2000);
  return {
    get listening() {
      return listener.listening;
    },
    get subscribers() {
      return following.subscriptions.size;
    },
    subscribe: (wanted, subscriber) => join(following, wanted, subscriber),
    onAccessChanged: (tell) => void following.tellAccessChanged.add(tell),
    async close() {
      following.closed = true;
      clearInterval(poll);
      watch.stop();
      endSubscriptions(following);
      await listener.close();
    },
  };
}

function listenFor(following: Following, { databaseUrl, log, probeEveryMs = 10_000, probeLimitMs = 5000 }: HubOptions) {
  return listen({
    ...{ databaseUrl, channel, log, probeEveryMs, probeLimitMs },
    onNotification(payload) {
      const [userId = '', seq] = payload.split(' ');
      if (seq === 'access') {
        for (const tell of following.tellAccessChanged) tell(userId);
        return;
      }
      const feed = following.feeds.get(userId);
      if (feed) pokeFeed(feed, Number(seq));
    },
    onListening: () => pokeAll(following),
  });
}

function pokeAll({ feeds }: Following): void {
  for (const feed of feeds.values()) pokeFeed(feed);
}

function endSubscriptions({ subscriptions }: Following, one?: Listening): void {
  for (const [subscription, wanted] of subscriptions) {
    if (one === undefined || one === wanted) subscription.end();
  }
}

function join(following: Following, wanted: Wanted, subscriber: Subscriber): () => void {
  const { db, log, readNew, onTold, feeds, subscriptions } = following;
  const { userId } = wanted;
  const feed = feeds.get(userId) ?? createFeed({ db, userId, log, readNew, onTold });
  feeds.set(userId, feed);
  const forget = () => {
    subscriptions.delete(subscription);
    feed.followers.delete(subscription);
    if (feed.followers.size > 0 || feeds.get(userId) !== feed) return;
    feeds.delete(userId);
    closeFeed(feed);
  };
  const subscription = startSubscription(db, feed, wanted, {
    deliver: subscriber.deliver,
    end: (error) => {
      forget();
      subscriber.end(error);
    },
  });
  feed.followers.add(subscription);
  subscriptions.set(subscription, wanted);
  if (following.closed) subscription.end();
  return () => {
    subscription.close();
    forget();
  };
}
