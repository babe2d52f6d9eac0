import type { Knex } from 'knex';

/**
 * The rows of a statement that each connection parses once and plans a few times at most; for what is asked with every request. It names
 * its columns, never `*`: a plan is kept over migrations, and one whose columns have changed is refused.
 */
export async function prepared<Row>(
  db: Knex,
  name: string,
  sql: string,
  bindings: readonly Knex.RawBinding[],
): Promise<Row[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(sql, bindings).options({ name });
  return rows;
}
