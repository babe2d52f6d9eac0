import { readdir } from 'node:fs/promises';
import { migrations } from '../../knexfile.ts';
import { connect } from './connect.ts';

/** What can be learnt of a database by asking, changing nothing. */
export interface Condition {
  version: string;
  /** Of one question and its answer. */
  roundTripMs: number;
  /** How far its clock is ahead of ours; the round trip is the error. */
  aheadMs: number;
  maxConnections: number;
  /** Migrations that this program has and the database has not. */
  pending: string[];
  /** Migrations of a newer program. */
  unknown: string[];
}

/** Rejects where the database cannot be reached. */
export async function readCondition(databaseUrl: string, applicationName = 'directorai-doctor'): Promise<Condition> {
  const db = connect(databaseUrl, { max: 1, applicationName });
  try {
    await db.raw('select 1');
    const since = Date.now();
    const { rows } = await db.raw<{ rows: { ms: number; version: string; most: number }[] }>(
      `select extract(epoch from clock_timestamp())::float8 * 1000 as ms, current_setting('server_version') as version,
        current_setting('max_connections')::int as most`,
    );
    const until = Date.now();
    const { ms = until, version = '', most = 0 } = rows[0] ?? {};
    const { rows: tables } = await db.raw<{ rows: { there: boolean }[] }>(
      'select to_regclass(?) is not null as there',
      [migrations.tableName ?? ''],
    );
    // Without its table knex would make one.
    const applied = tables[0]?.there ? await db(migrations.tableName ?? '').pluck<string[]>('name') : [];
    const known = await fileNames();
    return {
      version,
      roundTripMs: until - since,
      aheadMs: Math.round(ms - (since + until) / 2),
      maxConnections: most,
      pending: known.filter((name) => !applied.includes(name)),
      unknown: applied.filter((name) => !known.includes(name)),
    };
  } finally {
    await db.destroy();
  }
}

async function fileNames(): Promise<string[]> {
  const names = await readdir(String(migrations.directory));
  return names.filter((name) => name.endsWith('.ts')).sort();
}
