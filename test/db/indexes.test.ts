import assert from 'node:assert/strict';
import { useDatabase } from '../support/database.ts';

/** Foreign keys that change rows when what they name is deleted, and have no index by which those rows are found. */
const unindexed = `
  select key.conrelid::regclass || '.' || array_to_string(array(
      select attname from unnest(key.conkey) with ordinality as c (number, place)
        join pg_attribute on attrelid = key.conrelid and attnum = number order by place), ', ') as name
  from pg_constraint key
  where key.contype = 'f' and key.confdeltype not in ('a', 'r') and not exists (
    select from pg_index i
    where i.indrelid = key.conrelid and i.indisvalid
      and (i.indkey::int2[])[0:cardinality(key.conkey) - 1] @> key.conkey
      -- A partial index finds every row that names something, if it leaves out no more than those that name nothing.
      and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) in (
        select format('(%I IS NOT NULL)', attname) from pg_attribute where attrelid = key.conrelid and attnum = any (key.conkey))))
  order by name`;

const double = `
  select string_agg(i.indexrelid::regclass::text, ' = ' order by i.indexrelid) as name
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where c.relnamespace = 'public'::regnamespace
  group by i.indrelid, c.relam, i.indkey::text, i.indclass::text, i.indoption::text,
    pg_get_expr(i.indpred, i.indrelid), pg_get_expr(i.indexprs, i.indrelid)
  having count(*) > 1`;

describe('indexes', () => {
  const database = useDatabase();

  const named = async (query: string) => {
    const { rows } = await database.db.raw<{ rows: { name: string }[] }>(query);
    return rows.map(({ name }) => name);
  };

  it('are there for every foreign key through which a deletion goes on: it would read whole tables otherwise', async () => {
    assert.deepEqual(await named(unindexed), []);
  });

  it('are there once: each is written with every row', async () => {
    assert.deepEqual(await named(double), []);
  });
});
