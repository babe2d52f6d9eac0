import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { newId } from '../../src/db/ids.ts';
import { storeIsBack } from '../../src/engine/absence.ts';
import { noticedStore } from '../../src/steps/noticedStore.ts';
import { mediaKey } from '../../src/storage/keys.ts';
import type { ObjectStore } from '../../src/storage/objectStore.ts';
import { openStore } from '../../src/storage/store.ts';
import { openTinyBucket, type TinyBucket } from '../storage/tinyBucket.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TcpProxy } from '../support/proxy.ts';
import { addUser } from '../support/rows.ts';
import { allSteps, plan, silentLog, startRig, stopRigs } from './engineRig.ts';

describe('an object store that is away', () => {
  const database = useDatabase();
  let db: Knex;
  let userId: string;
  let dir: string;
  let bucket: TinyBucket;
  let proxy: TcpProxy;
  let store: ObjectStore;

  before(async () => {
    db = database.db;
    userId = await addUser(db);
    dir = await mkdtemp(join(tmpdir(), 'directorai-away-'));
    await writeFile(join(dir, 'picture'), 'a picture');
    bucket = await openTinyBucket();
    proxy = await startProxy(bucket.origin);
    const endpoint = new URL(proxy.url).origin;
    const credentials = { accessKeyId: 'films', secretAccessKey: 'films-secret' };
    const places = { bucket: 'films', region: 'eu-west-1', endpoint, pathStyle: true };
    const plain = await openStore({ kind: 's3', ...places, credentials });
    store = noticedStore(plain, () => storeIsBack(db, silentLog));
  });
  after(async () => {
    await proxy.close();
    await bucket.close();
    await rm(dir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await db('vendor_limits').delete();
  });
  afterEach(async () => {
    proxy.refuse(false);
    await stopRigs();
  });

  const startStoring = () =>
    startRig(database, {
      steps: allSteps(async () => {
        const key = mediaKey({ userId, mediaId: newId(), extension: 'png' });
        await store.put(key, join(dir, 'picture'), 'image/png');
        return { end: 'done', result: { key } };
      }),
    });
  const stepsOf = (taskId: string) => db('steps').where({ task_id: taskId });
  const away = () => db('vendor_limits').where({ vendor: 'storage' }).whereNotNull('away_since').first();

  it('is waited for at no cost to the tries of steps, which are done within 5 s of its return', async function () {
    this.timeout(60_000);
    proxy.refuse(true);
    await startStoring();
    const taskId = await plan(db, userId, [{}, {}, {}]);
    await eventually('it is known to be away', async () => ((await away())?.away_count ?? 0) >= 3);
    const late = await plan(db, userId, [{}]);
    await eventually('the late one has met it', async () => (await stepsOf(late))[0]?.away_since);
    proxy.refuse(false);
    const at = performance.now();
    const all = async () => [...(await stepsOf(taskId)), ...(await stepsOf(late))];
    await eventually('all is done', async () => (await all()).every(({ status }) => status === 'done'));
    assert.ok(performance.now() - at < 5_000, `${performance.now() - at} ms`);
    assert.ok((await all()).every(({ failures }) => failures <= 1));
    assert.equal((await stepsOf(late))[0]?.failures, 0);
    assert.equal(await away(), undefined);
  });

  it('is waited for 15 minutes, then what waits fails and says why', async function () {
    this.timeout(30_000);
    proxy.refuse(true);
    const longAgo = db.raw("now() - interval '16 minutes'");
    await db('vendor_limits').insert({
      vendor: 'storage',
      away_since: longAgo,
      away_count: 9,
      cool_until: db.fn.now(),
    });
    const taskId = await plan(db, userId, [{}]);
    await db('steps').where({ task_id: taskId }).update({ away_since: longAgo });
    await startStoring();
    await eventually('it has failed', async () => (await stepsOf(taskId))[0]?.status === 'failed', 20_000);
    const [step] = await stepsOf(taskId);
    assert.deepEqual([step?.error.code, step?.error.key], [6001, 'storage_unavailable']);
  });
});
