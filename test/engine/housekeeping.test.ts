import assert from 'node:assert/strict';
import { startHousekeeping } from '../../src/engine/housekeeping.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { silentLog } from './engineRig.ts';

describe('housekeeping with many files to remove', () => {
  const database = useDatabase();
  let userId: string;
  before(async () => {
    userId = await addUser(database.db, 'ada');
  });
  beforeEach(async () => {
    const files = Array.from({ length: 200 }, (_, index) => ({ storage_path: `media/${index}` }));
    const file = { user_id: userId, media_id: userId, not_before: new Date(0) };
    await database.db('object_removals').delete();
    await database.db('object_removals').insert(files.map((path) => ({ ...file, ...path })));
  });

  /** A store of which every removal waits until it is told to go on. */
  function slowStore() {
    const { promise, resolve: goOn } = Promise.withResolvers<void>();
    const asked: string[] = [];
    const removeFile = async ({ storagePath }: { storagePath: string }) => {
      asked.push(storagePath);
      await promise;
    };
    return { asked, goOn, removeFile };
  }

  it('stops with the file that is being removed, and leaves the others to whoever comes next', async () => {
    const { asked, goOn, removeFile } = slowStore();
    const housekeeping = startHousekeeping(database.db, { crashLimit: 8, removeFile, log: silentLog });
    await eventually('a file is being removed', () => asked.length > 0);
    const stopped = housekeeping.stop();
    goOn();
    await stopped;
    assert.equal(asked.length, 1);
    assert.equal((await database.db('object_removals').select('storage_path')).length, 199);
  });

  it('erases closed accounts meanwhile', async () => {
    const { asked, goOn, removeFile } = slowStore();
    const housekeeping = startHousekeeping(database.db, { crashLimit: 8, removeFile, log: silentLog });
    await eventually('a file is being removed', () => asked.length > 0);
    const closed = await addUser(database.db, 'bob');
    await database.db('users').where({ id: closed }).update({ is_active: false, closed_at: database.db.fn.now() });
    const isErased = async () => (await database.db('users').where({ id: closed }).first('id')) === undefined;
    await eventually('the account is erased', isErased, 15_000).finally(async () => {
      goOn();
      await housekeeping.stop();
    });
  });
});
