import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { describeError } from '../../src/errors.ts';
import { runProcess } from '../../src/media/runProcess.ts';
import { withMediaTroubles } from '../../src/steps/mediaTroubles.ts';
import { allSteps, plan, startRig, stopRigs } from '../engine/engineRig.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';

describe('a step whose media tool fails', () => {
  const database = useDatabase();
  let db: Knex;
  let userId: string;
  let dir: string;
  before(async () => {
    db = database.db;
    userId = await addUser(db);
    dir = await mkdtemp(join(tmpdir(), 'directorai-trouble-'));
  });
  afterEach(stopRigs);
  after(() => rm(dir, { recursive: true, force: true }));

  /** A worker whose steps run this tool. */
  const startCutting = async (body: string): Promise<void> => {
    const tool = join(dir, 'tool');
    await writeFile(tool, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    const cut = withMediaTroubles(async () => {
      await runProcess(tool, [join(dir, 'struck')], { timeoutMs: 10_000 });
      return { end: 'done', result: {} };
    });
    await startRig(database, { steps: allSteps(cut) });
  };
  const stepOf = (taskId: string) => db('steps').where({ task_id: taskId }).first();

  it('is tried again where that was killed once, as for want of memory', async () => {
    await startCutting('mkdir "$1" 2> /dev/null && kill -KILL $$; exit 0');
    const taskId = await plan(db, userId, [{ kind: 'assembleFilm' }]);
    await eventually('it is done', async () => (await stepOf(taskId))?.status === 'done', 15_000);
    assert.equal((await stepOf(taskId))?.failures, 1);
  });

  it('says why when it is out of tries', async () => {
    await startCutting('exit 3');
    const taskId = await plan(db, userId, [{ kind: 'assembleFilm' }]);
    await db('steps').where({ task_id: taskId }).update({ failures: 7 });
    await eventually('it has failed', async () => (await stepOf(taskId))?.status === 'failed', 15_000);
    const { error } = await stepOf(taskId);
    assert.equal(error.code, 6000);
    assert.equal(
      describeError(error.key, error.params, 'en'),
      'The work on the media failed: processing ended with code 3.',
    );
  });
});
