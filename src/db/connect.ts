import { Socket } from 'node:net';
import knex, { type Knex } from 'knex';
import { Client, types } from 'pg';
import { parseTimestamp } from './parseTimestamp.ts';

export interface ConnectOptions {
  /** Most connections held at once. */
  max?: number;
  /** Shown in pg_stat_activity, so that an operator sees whose connection it is. */
  applicationName: string;
  /** 0: no limit. */
  statementTimeoutMs?: number;
  /** Longer than any statement may take, or a slow answer is taken for none. */
  silentAtMostMs?: number;
  /** Told, in a line, of connections that broke or could not be had; whoever wanted one gets the error itself. */
  onTrouble?: (message: string) => void;
}

const int8 = 20;
const timestamptz = 1184;

const parsers: Knex.PgCustomTypesConfig = {
  getTypeParser(oid: number, format: string) {
    if (oid === int8) return Number;
    if (oid === timestamptz && format !== 'binary') return parseTimestamp;
    return types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text');
  },
};

/** The server ends a statement before this, so a connection that is silent for longer leads nowhere. Noticed and replaced within 15 s. */
const silentMs = 13_500;

/** Gives up a connection whose other end is gone without a word: a lost network path would hold its caller for a quarter of an hour. */
function endWhenSilent(client: unknown, afterMs: number): void {
  const stream = client instanceof Client ? client.connection.stream : undefined;
  if (!(stream instanceof Socket)) return;
  stream.setTimeout(afterMs, () => stream.destroy(new Error('the database has fallen silent')));
}

/**
 * A pool of connections; none is opened before the first query. A caller waits at most 5 s for one, a statement ends after 12 s, a
 * transaction that stands idle after 10 s (a frozen process holds no locks by the time it is swept), and a connection that is silent for
 * 13.5 s is given up. `bigint` arrives as a number: every count and sequence here stays far below 2^53.
 */
export function connect(databaseUrl: string, options: ConnectOptions): Knex {
  return knex({
    client: 'pg',
    // An error shows its statement with $1, not with what a user wrote: it goes into the log.
    compileSqlOnError: false,
    log: { warn: (message: unknown) => options.onTrouble?.(String(message).split('\n')[0] ?? '') },
    acquireConnectionTimeout: 5000,
    pool: {
      min: 0,
      max: options.max ?? 20,
      // Sooner than it would be given up as silent.
      idleTimeoutMillis: 10_000,
      afterCreate(client: unknown, done: (error: Error | null, client: unknown) => void) {
        if (options.statementTimeoutMs !== 0) endWhenSilent(client, options.silentAtMostMs ?? silentMs);
        done(null, client);
      },
    },
    connection: {
      connectionString: databaseUrl,
      application_name: options.applicationName,
      connectionTimeoutMillis: 5000,
      statement_timeout: options.statementTimeoutMs ?? 12_000,
      idle_in_transaction_session_timeout: 10_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 1000,
      types: parsers,
    },
  });
}
