import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Log } from '../log.ts';

export interface ListenerOptions {
  /** Directly to the server: LISTEN does not survive a pooler in transaction mode. */
  databaseUrl: string;
  channel: string;
  log: Log;
  /** How often the session is asked whether it still listens, and how long it may take to answer. */
  probeEveryMs: number;
  probeLimitMs: number;
  onNotification(payload: string): void;
  /** Called when listening begins, also again: what was told in between is lost and has to be read. */
  onListening(): void;
}

export interface Listener {
  readonly listening: boolean;
  /** The connection while it listens, for quick queries: nothing is heard while one runs. */
  session(): Client | undefined;
  close(): Promise<void>;
}

const longestPauseMs = 5000;

/** Keeps one connection listening on a channel. A half-open one is found by a probe on the same session; a lost one is replaced. */
export function listen(options: ListenerOptions): Listener {
  const closing = new AbortController();
  let session: Client | undefined;
  const tell = (now: Client | undefined) => {
    session = now;
    if (now) options.onListening();
  };
  const done = keepListening(options, closing.signal, tell);
  return {
    get listening() {
      return session !== undefined;
    },
    session: () => session,
    async close() {
      closing.abort();
      await done;
    },
  };
}

async function keepListening(
  options: ListenerOptions,
  closing: AbortSignal,
  tell: (session: Client | undefined) => void,
): Promise<void> {
  let failures = 0;
  while (!closing.aborted) {
    const outcome = await oneSession(options, closing, (session) => {
      failures = 0;
      tell(session);
    }).catch((error: unknown) => error);
    tell(undefined);
    if (closing.aborted) return;
    options.log.warn({ err: outcome }, 'the event listener lost its connection');
    failures += 1;
    const pauseMs = Math.min(longestPauseMs, 50 * 2 ** failures) * (0.5 + Math.random() / 2);
    await delay(pauseMs, undefined, { signal: closing }).catch(() => undefined);
  }
}

/** Rejects when the session is lost, and with the reason of `closing` when it is not needed any more. */
async function oneSession(
  options: ListenerOptions,
  closing: AbortSignal,
  onListening: (session: Client) => void,
): Promise<never> {
  const client = new Client({
    connectionString: options.databaseUrl,
    application_name: 'directorai-events',
    connectionTimeoutMillis: 5000,
    query_timeout: options.probeLimitMs,
    keepAlive: true,
  });
  const lost = new AbortController();
  const ended = AbortSignal.any([lost.signal, closing]);
  client.on('error', (error) => lost.abort(error));
  client.on('end', () => lost.abort(new Error('the server closed the connection')));
  client.on('notification', ({ payload }) => options.onNotification(payload ?? ''));
  const cut = () => client.connection.stream.destroy();
  ended.addEventListener('abort', cut);
  try {
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(options.channel)}`);
    onListening(client);
    return await probe(client, options, ended);
  } finally {
    cut();
  }
}

async function probe(client: Client, { channel, probeEveryMs }: ListenerOptions, ended: AbortSignal): Promise<never> {
  for (;;) {
    await delay(probeEveryMs, undefined, { signal: ended });
    const { rows } = await client.query<{ name: string }>('select pg_listening_channels() as name');
    if (!rows.some(({ name }) => name === channel)) throw new Error('the session does not listen any more');
  }
}
