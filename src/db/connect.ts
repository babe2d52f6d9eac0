import knex, { type Knex } from 'knex';
import { types } from 'pg';

export interface ConnectOptions {
  /** Most connections held at once. */
  max?: number;
  /** Shown in pg_stat_activity, so that an operator sees whose connection it is. */
  applicationName: string;
  /** 0: no limit. */
  statementTimeoutMs?: number;
}

const int8 = 20;

const parsers: Knex.PgCustomTypesConfig = {
  getTypeParser: (oid: number, format: string) =>
    oid === int8 ? Number : types.getTypeParser(oid, format === 'binary' ? 'binary' : 'text'),
};

/**
 * A pool of connections; none is opened before the first query. A caller waits at most 5 s for one, a statement ends after 30 s, and so
 * does a transaction that stands idle. `bigint` arrives as a number: every count and sequence here stays far below 2^53.
 */
export function connect(databaseUrl: string, options: ConnectOptions): Knex {
  return knex({
    client: 'pg',
    acquireConnectionTimeout: 5000,
    pool: { min: 0, max: options.max ?? 20 },
    connection: {
      connectionString: databaseUrl,
      application_name: options.applicationName,
      connectionTimeoutMillis: 5000,
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      idle_in_transaction_session_timeout: 30_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 1000,
      types: parsers,
    },
  });
}
