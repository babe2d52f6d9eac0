import pg from 'pg';

const { Client } = pg;

/** What a backup leaves out: graphile-worker's rows are only wake-ups, which are topped up; Knex's tables come with the migrations. */
const leftOut = ['knex_migrations', 'knex_migrations_lock'];

async function open(url: string, name: string): Promise<pg.Client> {
  const client = new Client({ connectionString: url, application_name: name });
  await client.connect();
  return client;
}

async function tablesOf(client: pg.Client): Promise<{ table: string; columns: string }[]> {
  const { rows } = await client.query<{ table: string; columns: string }>(
    `select table_name as table, string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and table_type = 'BASE TABLE' and is_generated = 'NEVER' and not table_name = any ($1)
     group by table_name`,
    [leftOut],
  );
  return rows;
}

export interface Snapshot {
  tables: { table: string; columns: string; rows: string }[];
  sequences: { name: string; value: string }[];
}

/**
 * A logical copy of all tables as of one moment, while others go on writing: what `pg_dump --data-only` does. The embedded PostgreSQL
 * comes without that program.
 */
export async function takeSnapshot(url: string): Promise<Snapshot> {
  const client = await open(url, 'backup');
  try {
    await client.query('begin isolation level repeatable read read only');
    const tables: Snapshot['tables'] = [];
    for (const { table, columns } of await tablesOf(client)) {
      const { rows } = await client.query<{ rows: string }>(
        `select coalesce(json_agg(t), '[]')::text as rows from (select ${columns} from ${table}) t`,
      );
      tables.push({ table, columns, rows: rows[0]?.rows ?? '[]' });
    }
    const { rows: sequences } = await client.query<{ name: string; value: string }>(
      `select sequencename as name, coalesce(last_value, 1)::text as value from pg_sequences where schemaname = 'public'`,
    );
    await client.query('commit');
    return { tables, sequences };
  } finally {
    await client.end();
  }
}

/** Fills a database that has been migrated and nothing else. Triggers and foreign keys stand aside, as for `pg_restore --data-only`. */
export async function restore(url: string, { tables, sequences }: Snapshot): Promise<void> {
  const client = await open(url, 'restore');
  try {
    await client.query('begin');
    await client.query("set local session_replication_role = 'replica'");
    for (const { table, columns, rows } of tables) {
      await client.query(`delete from ${table}`);
      await client.query(
        `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1::json)`,
        [rows],
      );
    }
    for (const { name, value } of sequences) await client.query('select setval($1::regclass, $2)', [name, value]);
    await client.query('commit');
  } finally {
    await client.end();
  }
}
