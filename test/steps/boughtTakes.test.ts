import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { updateScene } from '../../src/db/sceneEdits.ts';
import { insertScreenplay, type Screenplay } from '../../src/db/screenplays.ts';
import { startTask } from '../../src/engine/tasks.ts';
import type { TaskOrder } from '../../src/film/params.ts';
import { clipPrompt, scenePrompt } from '../../src/film/prompts.ts';
import { clipHash, pictureHash } from '../../src/film/takeInputs.ts';
import { statusOf, stopRigs } from '../engine/engineRig.ts';
import { useSandbox } from '../providers/support.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addTask, addUser } from '../support/rows.ts';
import { type AgentRig, startAgentRig } from './agentRig.ts';

describe('a take that was bought before an edit', function () {
  this.timeout(30_000);
  const database = useDatabase();
  const sandbox = useSandbox('key');
  let db: Knex;
  let userId: string;
  let screenplay: Screenplay;
  let rig: AgentRig;
  /** Until then the vendor is not asked after clips. */
  let finishClips: () => void;
  /** Done once, in place of the next write. */
  let whenStoring: (() => Promise<void>) | undefined;

  before(async () => {
    db = database.db;
    userId = await addUser(db);
    const finished = new Promise<void>((resolve) => {
      finishClips = resolve;
    });
    rig = await startAgentRig(database, sandbox.url, {
      poll: (ask) => async (id, signal) => {
        await finished;
        return ask(id, signal);
      },
      put: (write) => async (key, file, type) => {
        const act = whenStoring;
        whenStoring = undefined;
        await act?.();
        return write(key, file, type);
      },
    });
    const words = { sceneId: 1, narration: 'Rain.', imagePrompt: 'anime style, a pier', videoPrompt: 'slow pan' };
    const scenes = [{ ...words, characterDescription: '', characters: [] }];
    const taskId = await addTask(db, userId, 'screenplay');
    screenplay = await db.transaction((trx) =>
      insertScreenplay(trx, {
        ...{ taskId, userId, status: 'confirmed', language: 'en', sceneSeconds: 5, referenceMediaIds: [] },
        draft: { title: 'Rain', scenes, characters: [] },
      }),
    );
  });
  after(async () => {
    await rig.stop();
    await stopRigs();
  });

  const sceneId = () => screenplay.scenes[0]?.id ?? '';
  const edit = (words: { imagePrompt?: string; videoPrompt?: string }) =>
    db.transaction((trx) => updateScene(trx, screenplay.id, sceneId(), words));
  const order = (given: TaskOrder) => db.transaction((trx) => startTask(trx, { ...given, userId }));
  const ends = (taskId: string) =>
    eventually('the task is completed', async () => (await statusOf(db, taskId)) === 'completed', 15_000);
  const takeOf = async (taskId: string) => {
    const steps = db('steps').where({ task_id: taskId }).select('id');
    const [take, ...others] = await db('takes').whereIn('step_id', steps);
    assert.ok(take && others.length === 0);
    assert.equal((await db('provider_calls').where({ task_id: taskId })).length, 1);
    return take;
  };

  it('tells the words its picture was drawn from, where the scene was edited before it was kept', async () => {
    const scene = screenplay.scenes[0];
    assert.ok(scene);
    await edit({ imagePrompt: 'FIRST' });
    whenStoring = async () => {
      await edit({ imagePrompt: 'SECOND' });
      throw new Error('the disk is full');
    };
    const { id } = await order({ type: 'image', params: { sceneUuid: sceneId() } });
    await ends(id);
    const take = await takeOf(id);
    const prompt = scenePrompt({ ...scene, imagePrompt: 'FIRST' }, []);
    const { model } = rig.tools.providers.image;
    assert.deepEqual(
      [take.prompt, take.input_hash],
      [prompt, pictureHash({ kind: 'image', model, prompt, size: '1536x864', references: [] })],
    );
  });

  it('tells the words its clip was shot from, where the scene was edited while the vendor worked', async () => {
    const scene = screenplay.scenes[0];
    assert.ok(scene);
    await edit({ videoPrompt: 'FIRST' });
    const { id } = await order({ type: 'video', params: { sceneUuid: sceneId() } });
    await eventually('the clip is submitted', () => db('steps').where({ task_id: id, status: 'waiting' }).first('id'));
    await edit({ videoPrompt: 'SECOND' });
    finishClips();
    await ends(id);
    const take = await takeOf(id);
    const prompt = clipPrompt({ ...scene, videoPrompt: 'FIRST' });
    const { model } = rig.tools.providers.video;
    const picture = await db('media_files').where({ id: take.references_sent[0] }).first<{ sha256: Buffer }>();
    const references = [picture?.sha256.toString('hex') ?? null];
    assert.deepEqual(
      [take.prompt, take.input_hash, take.references_sent.length],
      [prompt, clipHash({ model, prompt, seconds: 5, references }), 1],
    );
  });
});
