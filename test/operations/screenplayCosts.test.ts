import assert from 'node:assert/strict';
import { newId } from '../../src/db/ids.ts';
import type { Screenplay } from '../../src/db/screenplays.ts';
import { useApp } from '../http/testApp.ts';
import { addScreenplay, missingId, story } from './fixtures.ts';

interface Item {
  id: string;
  screenplayId: string | null;
  prompt: string | null;
}

describe('what belongs to a screenplay', () => {
  const app = useApp({ users: ['ada', 'bob'] });
  let own: Screenplay;
  let other: Screenplay;
  let film: string;
  let picture: string;
  let sheet: string;
  const ask = async (body: object): Promise<string> =>
    (await app.as('ada').post('/api/v1/tasks').send(body).expect(202)).body.data.id;

  before(async () => {
    own = await addScreenplay(app.db, app.sessionOf('ada').userId, 'confirmed');
    other = await addScreenplay(app.db, app.sessionOf('ada').userId, 'confirmed');
    picture = await ask({ type: 'image', params: { sceneUuid: own.scenes[1]?.id } });
    sheet = await ask({ type: 'image', params: { characterSheetId: own.characterSheets[0]?.id } });
    await ask({ type: 'image', params: { sceneUuid: other.scenes[0]?.id } });
    film = await ask({ type: 'film', params: { screenplayId: own.id } });
    for (const [taskId, micros] of [
      [own.taskId, 14_000],
      [film, 300_000],
      [picture, 100_000],
      [sheet, 10_000],
      [other.taskId, 7],
    ] as const)
      await bookCall(taskId, micros);
  });

  async function bookCall(taskId: string, micros: number): Promise<void> {
    const call = {
      ...{ id: newId(), op_key: newId(), step_id: newId(), task_id: taskId, user_id: app.sessionOf('ada').userId },
      ...{ vendor: 'gemini', model: 'm', purpose: 'image', status: 'succeeded', request_hash: Buffer.alloc(1) },
      ...{ request: '{}', fence: 1, max_cost_micros: micros, cost_micros: micros },
    };
    await app.db('provider_calls').insert(call);
  }

  const tasksOf = async (screenplayId: string, name = 'ada'): Promise<Item[]> =>
    (await app.as(name).get(`/api/v1/tasks?screenplayId=${screenplayId}`).expect(200)).body.data.items;

  it('are the task that wrote it, its films, and what was made anew of its parts', async () => {
    const ids = (await tasksOf(own.id)).map(({ id }) => id);
    assert.deepEqual(ids, [film, sheet, picture, own.taskId]);
    assert.deepEqual(await tasksOf(own.id, 'bob'), []);
    assert.deepEqual(await tasksOf(missingId), []);
    const { body } = await app.as('ada').get('/api/v1/tasks?screenplayId=1').expect(400);
    assert.equal(body.errors[0].pointer, '/query/screenplayId');
  });

  it('tells of each task in a list what it is about', async () => {
    const [asked] = await tasksOf(own.id);
    assert.deepEqual([asked?.screenplayId, asked?.prompt], [own.id, null]);
    const written = (await tasksOf(own.id)).at(-1);
    assert.deepEqual([written?.screenplayId, written?.prompt], [null, story.prompt]);
  });

  it('is what was spent in all its tasks, a scene that is gone included', async () => {
    const costs = async () => {
      const { body } = await app.as('ada').get('/api/v1/screenplays').expect(200);
      const { body: one } = await app.as('ada').get(`/api/v1/screenplays/${own.id}`).expect(200);
      const listed = body.data.items.map(({ id, costMicros }: Record<string, unknown>) => [id, costMicros]);
      return [...listed, one.data.costMicros];
    };
    assert.deepEqual(await costs(), [[other.id, 7], [own.id, 424_000], 424_000]);
    await app.db('scenes').where({ id: own.scenes[1]?.id }).delete();
    assert.deepEqual(await costs(), [[other.id, 7], [own.id, 424_000], 424_000]);
  });
});
