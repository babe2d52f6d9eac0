import assert from 'node:assert/strict';
import { v7 } from 'uuid';
import { newId } from '../../src/db/ids.ts';
import { findEqualTake, findFilmTakes, listTakesOf } from '../../src/db/takes.ts';
import { useDatabase } from '../support/database.ts';
import { addUser } from '../support/rows.ts';
import { addTake } from './takeFixtures.ts';

describe('the newest take', () => {
  const database = useDatabase();

  it('is the one that was made last, also where the clock of the first one’s maker was an hour ahead', async () => {
    const { db } = database;
    const userId = await addUser(db);
    const film = { kind: 'film', subjectId: newId(), inputHash: 'the same' } as const;
    const first = await addTake(db, userId, film);
    await db('takes')
      .where({ id: first.takeId })
      .update({ id: v7({ msecs: Date.now() + 3_600_000 }) });
    const last = await addTake(db, userId, film);
    const [ofScreenplay] = await findFilmTakes(db, [film.subjectId]);
    const { items } = await listTakesOf(db, film.subjectId, { page: 1, pageSize: 10 });
    const equal = await findEqualTake(db, 'film', film.subjectId, film.inputHash);
    assert.deepEqual([ofScreenplay?.id, items[0]?.id, equal?.id], Array(3).fill(last.takeId));
  });
});
