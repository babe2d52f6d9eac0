import type { Knex } from 'knex';

/** The time by the database's clock, the one that all processes share: what is deleted or reported for its age must not depend on whose turn it was. */
export async function databaseNow(db: Knex): Promise<Date> {
  const { rows } = await db.raw<{ rows: [{ now: Date }] }>('select now()');
  return rows[0].now;
}
