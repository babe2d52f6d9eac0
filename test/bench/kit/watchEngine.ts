import type { Knex } from 'knex';

/** When the engine's answers arrived, in ms by step id. */
export interface EngineTimes {
  claimed: Map<string, number>;
  /** Committed: `finish_step` is a transaction of its own where a step records nothing else. */
  finished: Map<string, number>;
}

interface Query {
  sql: string;
  bindings?: readonly unknown[];
}

/** Listens to the engine's two statements on their way back from Postgres. */
export function watchEngine(db: Knex): EngineTimes {
  const times: EngineTimes = { claimed: new Map(), finished: new Map() };
  db.on('query-response', (answer: { rows?: { id?: string }[] }, { sql, bindings }: Query) => {
    const claimed = sql.includes('claim_step(') ? answer.rows?.[0]?.id : undefined;
    if (claimed) times.claimed.set(claimed, performance.now());
    if (sql.includes('finish_step(')) times.finished.set(String(bindings?.[0]), performance.now());
  });
  return times;
}

/** Steps per second from the first claim to the last commit. */
export function rateOf({ claimed, finished }: EngineTimes): number {
  const from = Math.min(...claimed.values());
  const to = Math.max(...finished.values());
  return (finished.size / (to - from)) * 1000;
}
