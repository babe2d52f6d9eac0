import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startTask } from '../../src/engine/tasks.ts';
import { statusOf } from '../engine/engineRig.ts';
import { story } from '../operations/fixtures.ts';
import { type ProgramProcess, spawnProgram } from '../program/programProcess.ts';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TcpProxy } from '../support/proxy.ts';
import { addUser } from '../support/rows.ts';

/** Longer than a worker may be without a beat. */
const frozenForMs = 9_000;
const awayForMs = 3_000;

describe('everything in one process', function () {
  this.timeout(120_000);
  const database = useDatabase();
  let dataDir: string;
  let proxy: TcpProxy;
  let program: ProgramProcess;
  let userId: string;

  before(async () => {
    userId = await addUser(database.db);
  });
  beforeEach(async () => {
    dataDir = await makeDataDir('one-process');
    proxy = await startProxy(database.url);
    program = spawnProgram({ DATABASE_URL: proxy.url, DATA_DIR: dataDir, SANDBOX_LATENCY_SCALE: '0.1' });
  });
  afterEach(async () => {
    program.child.kill('SIGTERM');
    assert.equal(await program.end(), 0, program.printed());
    await proxy.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const faults: Record<string, () => Promise<void>> = {
    'its connections break': async () => proxy.cut(),
    'its connections fall silent': async () => proxy.goSilent(),
    'the database is away for a while': async () => {
      proxy.refuse(true);
      await delay(awayForMs);
      proxy.refuse(false);
    },
    'it is frozen, as a laptop that is closed': async () => {
      program.child.kill('SIGSTOP');
      await delay(frozenForMs);
      program.child.kill('SIGCONT');
    },
  };

  for (const [what, strike] of Object.entries(faults))
    it(`lives on when ${what}: another worker takes the place of the lost one, and the film is paid for once`, async () => {
      const { db } = database;
      const url = await program.url();
      const params = { ...story, sceneCount: 2, characterCount: 1, render: { aspectRatio: '16:9' as const } };
      const { id } = await db.transaction((trx) => startTask(trx, { type: 'film', params, userId }));
      const drawn = () => db('steps').where({ task_id: id, kind: 'drawCharacterSheet', status: 'done' }).first();
      await eventually('a picture is drawn', drawn, 30_000);
      await strike();
      await eventually('the film is made', async () => (await statusOf(db, id)) === 'completed', 60_000);
      assert.equal((await fetch(`${url}/health/ready`)).status, 200);
      assert.match(program.printed(), /the lease is lost: this worker ends, and another takes its place/);
      assert.equal(program.child.exitCode, null, 'the same program');
      assert.equal((await db('worker_sessions').whereNull('fenced_at')).length, 1);
      const leases = db('pg_stat_activity').where({ application_name: 'directorai lease' });
      assert.equal((await leases.whereRaw('datname = current_database()')).length, 1);
      const bought = (await readFile(join(dataDir, 'sandbox', 'accepted.jsonl'), 'utf8')).trim().split('\n').length;
      const calls = db('provider_calls').whereIn('step_id', db('steps').where({ task_id: id }).select('id'));
      assert.deepEqual([bought, (await calls).length], [6, 6]);
    });
});
