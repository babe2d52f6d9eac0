import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { FencedError } from '../../src/engine/step.ts';
import { claimStep, finishStep } from '../../src/engine/stepStore.ts';
import { stepKinds } from '../../src/film/glossary.ts';
import { useDatabase } from '../support/database.ts';
import { addUser } from '../support/rows.ts';
import { plan } from './engineRig.ts';

const kinds = [...stepKinds];

async function addSession(db: Knex, poolId: string): Promise<string> {
  await db('worker_sessions').insert({
    pool_id: poolId,
    slot: 0,
    host: 'test',
    backend_pid: 0,
    backend_start: db.fn.now(),
  });
  return poolId;
}

const claim = (db: Knex, poolId: string, caps: object = {}) => claimStep(db, { poolId, kinds, caps });

describe('claimStep', () => {
  const database = useDatabase();
  let db: Knex;
  let pool: string;
  const users: string[] = [];

  before(async () => {
    db = database.db;
    pool = await addSession(db, 'pool-a');
    for (const name of ['ada', 'bob', 'cyd']) users.push(await addUser(db, name));
  });

  afterEach(async () => {
    await db('tasks').delete();
  });

  const user = (index: number): string => users[index] ?? '';

  it('gives a step to one claimer only, and raises its fence', async () => {
    await plan(db, user(0), [{}]);
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(db, pool)));
    const given = claims.filter((claimed) => claimed !== undefined);
    assert.equal(given.length, 1);
    assert.equal(given[0]?.step.fence, 1);
  });

  it('gives nothing to a worker that was fenced or is draining', async () => {
    await plan(db, user(0), [{}]);
    await addSession(db, 'pool-fenced');
    await db('worker_sessions').where({ pool_id: 'pool-fenced' }).update({ fenced_at: db.fn.now() });
    await addSession(db, 'pool-draining');
    await db('worker_sessions').where({ pool_id: 'pool-draining' }).update({ draining_at: db.fn.now() });
    assert.equal(await claim(db, 'pool-fenced'), undefined);
    assert.equal(await claim(db, 'pool-draining'), undefined);
  });

  it('takes turns between users, however much one of them asks for', async () => {
    await plan(
      db,
      user(0),
      Array.from({ length: 6 }, (_, index) => ({ key: `a${index}` })),
    );
    await plan(db, user(1), [{}]);
    await plan(db, user(2), [{}]);
    const owners: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) owners.push((await claim(db, pool))?.step.userId ?? '');
    assert.deepEqual(new Set(owners), new Set(users));
  });

  it('leaves alone what a vendor has no room for, and what cools down', async () => {
    await plan(db, user(0), [{ key: 'a' }, { key: 'b' }, { key: 'c', kind: 'writeScreenplay', vendor: 'glm' }]);
    const taken = [await claim(db, pool, { gemini: 1 }), await claim(db, pool, { gemini: 1 })];
    assert.deepEqual(taken.map((claimed) => claimed?.step.kind).sort(), ['drawImage', 'writeScreenplay']);
    assert.equal(await claim(db, pool, { gemini: 1 }), undefined);
    await db('vendor_limits').insert({ vendor: 'gemini', cool_until: db.raw("now() + interval '1 minute'") });
    assert.equal(await claim(db, pool), undefined);
    await db('vendor_limits').delete();
    assert.ok(await claim(db, pool));
  });

  it('loses no claim to a task that commits meanwhile', async () => {
    const given: string[] = [];
    const tasks = 60;
    const claimer = async () => {
      const deadline = Date.now() + 10_000;
      while (given.length < tasks && Date.now() < deadline) {
        const claimed = await claim(db, pool);
        if (claimed) given.push(claimed.task.id);
      }
    };
    const planner = async () => {
      for (let count = 0; count < tasks; count += 1) await plan(db, user(count % 3), [{}]);
    };
    await Promise.all([planner(), claimer(), claimer(), claimer()]);
    const running = await db('steps').where({ status: 'running' }).pluck('task_id');
    assert.deepEqual(running.sort(), given.sort());
    assert.equal(given.length, tasks);
  });

  it('refuses the result of an owner that was fenced, and keeps the one of the next owner', async () => {
    await plan(db, user(0), [{}]);
    const first = (await claim(db, pool))?.step;
    assert.ok(first);
    await db('steps').where({ id: first.id }).update({ status: 'ready' });
    await assert.rejects(finishStep(db, first, { late: true }), FencedError);
    const second = (await claim(db, pool))?.step;
    assert.ok(second);
    await assert.rejects(finishStep(db, first, { late: true }), FencedError);
    await finishStep(db, second, { mine: true });
    await assert.rejects(finishStep(db, second, { mine: false }), FencedError);
    const row = await db('steps').where({ id: first.id }).first<{ result: object }>('result');
    assert.deepEqual(row?.result, { mine: true });
  });
});
