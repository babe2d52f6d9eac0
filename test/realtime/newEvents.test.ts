import assert from 'node:assert/strict';
import pg from 'pg';
import { createReadNew } from '../../src/realtime/newEvents.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addTask, addUser } from '../support/rows.ts';
import { tell } from './stage.ts';
import { range } from './streamClient.ts';

describe('new events', () => {
  const database = useDatabase();
  const told = new Map<string, number>();
  let client: pg.Client;

  before(async () => {
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    for (const count of range(1, 12)) told.set(await addUser(database.db, `user${count}`), count);
  });
  after(() => client.end());

  it('are heard of by ids alone', async () => {
    const heard: string[] = [];
    client.on('notification', ({ payload }) => heard.push(payload ?? ''));
    await client.query('listen directorai_events');
    for (const [userId, count] of told) {
      const taskId = await addTask(database.db, userId);
      for (let made = 0; made < count; made += 1) await tell(database, { userId, taskId, message: 'not for the wire' });
    }
    await eventually('all are heard', () => heard.length === 78);
    const expected = [...told].flatMap(([userId, count]) => range(1, count).map((seq) => `${userId} ${seq}`));
    assert.deepEqual(heard, expected);
  });

  it('of many users are read together, each user’s own, by no more queries than there are turns', async () => {
    const before = await queriesOf(client);
    const readNew = createReadNew(database.db, () => client);
    const twice = [...told, ...told];
    const read = await Promise.all(twice.map(([userId]) => readNew(userId, 1)));
    assert.deepEqual(
      read.map((events) => events.map(({ seq }) => seq)),
      twice.map(([, count]) => (count > 1 ? range(2, count) : [])),
    );
    assert.ok((await queriesOf(client)) - before <= 2);
    assert.ok(read.flat().every(({ ageSeconds }) => ageSeconds > 0 && ageSeconds < 60));
  });

  it('are read from the pool where the session is lost', async () => {
    const lost = new pg.Client({ connectionString: database.url });
    await lost.connect();
    await lost.end();
    const [userId = ''] = told.keys();
    const read = await createReadNew(database.db, () => lost)(userId, 0);
    assert.deepEqual(
      read.map(({ seq }) => seq),
      [1],
    );
    assert.equal((await createReadNew(database.db, () => undefined)(userId, 0)).length, 1);
  });
});

/** What the session has prepared, and how often that was run. */
async function queriesOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ runs: number }>(
    "select coalesce(sum(generic_plans + custom_plans), 0)::int as runs from pg_prepared_statements where name like 'new_events%'",
  );
  return rows[0]?.runs ?? 0;
}
