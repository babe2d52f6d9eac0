import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { insertScreenplay } from '../../src/db/screenplays.ts';
import { TroubleError } from '../../src/engine/step.ts';
import { cancelTask, retryTask } from '../../src/engine/tasks.ts';
import { castOf, planFilm } from '../../src/film/plan.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { allSteps, plan, startRig, statusOf, stopRigs } from './engineRig.ts';

const brokenOff = new TroubleError(
  { code: 7003, key: 'provider_bad_output', params: { vendor: 'gemini', reason: 'HTTP 503' } },
  'a download that breaks off',
);

describe('a task that is cancelled and retried', () => {
  const database = useDatabase();
  let db: Knex;
  let userId: string;

  before(async () => {
    db = database.db;
    userId = await addUser(db);
  });
  afterEach(stopRigs);

  it('buys nothing again that it has and could not fetch at first', async () => {
    let sends = 0;
    let isBroken = true;
    const buying = allSteps(async ({ pay }) => {
      const result = await pay({
        ...{ vendor: 'gemini', purpose: 'image', model: 'test', request: {}, maxCostMicros: 1 },
        send: async () => {
          sends += 1;
          return { picture: sends };
        },
        lookup: async () => undefined,
      });
      if (isBroken) throw brokenOff;
      return { end: 'done', result };
    });
    await startRig(database, { steps: buying });
    const taskId = await plan(db, userId, [{}]);
    const step = () => db('steps').where({ task_id: taskId }).first();
    await eventually('it was given back with an error', async () => {
      const { status, error } = await step();
      return status === 'ready' && error !== null;
    });
    await cancelTask(db, taskId, userId);
    isBroken = false;
    await eventually('it has wound down', async () => (await step()).status === 'cancelled');
    await retryTask(db, taskId, userId);
    await eventually('it is done', async () => (await statusOf(db, taskId)) === 'completed');
    assert.equal(sends, 1);
  });

  it('leaves the screenplay free that was written while it was cancelled', async () => {
    const [writing, cancelled] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let screenplayId = '';
    const scene = { imagePrompt: 'a kitten', videoPrompt: 'it walks', characterDescription: '', characters: [] };
    const steps = allSteps(async ({ task }) => {
      writing.resolve();
      await cancelled.promise;
      const record = async (trx: Knex) => {
        const screenplay = await insertScreenplay(trx, {
          ...{ taskId: task.id, userId, status: 'generating', language: 'en', sceneSeconds: 5, referenceMediaIds: [] },
          draft: { title: 'The Sea', scenes: [{ ...scene, sceneId: 1, narration: 'One.' }], characters: [] },
        });
        screenplayId = screenplay.id;
        return planFilm(castOf(screenplay)).steps;
      };
      return { end: 'done', result: {}, record };
    });
    await startRig(database, { steps });
    const taskId = await plan(db, userId, [{ kind: 'writeScreenplay', vendor: 'glm' }]);
    await writing.promise;
    await cancelTask(db, taskId, userId);
    cancelled.resolve();
    const screenplay = () => db('screenplays').where({ id: screenplayId }).first();
    await eventually('it is written', async () => screenplayId !== '' && (await screenplay()));
    assert.equal((await screenplay()).status, 'confirmed');
  });
});
