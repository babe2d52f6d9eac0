import assert from 'node:assert/strict';
import type { Screenplay } from '../../src/db/screenplays.ts';
import { useApp } from '../http/testApp.ts';
import { addScreenplay, missingId } from './fixtures.ts';
import { drawEverything } from './takeFixtures.ts';

describe('scenes', () => {
  const app = useApp({ users: ['ada', 'bob'], config: { maxTasksPerUser: 50 } });
  const words = { narration: '浪来了。', imagePrompt: 'a pier at noon', videoPrompt: 'slow pan' };
  let own: Screenplay;
  let base: string;
  beforeEach(async () => {
    own = await addScreenplay(app.db, app.sessionOf('ada').userId);
    base = `/api/v1/screenplays/${own.id}`;
  });
  const ids = async () => {
    const { body } = await app.as('ada').get(base).expect(200);
    assert.deepEqual(
      body.data.scenes.map(({ sceneId }: { sceneId: number }) => sceneId),
      body.data.scenes.map((_: object, index: number) => index + 1),
    );
    return body.data.scenes.map(({ id }: { id: string }) => id) as string[];
  };
  const first = () => own.scenes[0]?.id ?? '';
  const second = () => own.scenes[1]?.id ?? '';
  const setStatus = (status: string) => app.db('screenplays').where({ id: own.id }).update({ status });
  const statusNow = async () => (await app.as('ada').get(base)).body.data.status as string;
  const work = (sceneUuid: string) =>
    app.as('ada').post('/api/v1/tasks').send({ type: 'image', params: { sceneUuid } }).expect(202);

  describe('addScene', () => {
    const add = (body: object, name = 'ada') => app.as(name).post(`${base}/scenes`).send(body);

    it('puts a scene at the end, or at its position, and moves the others back', async () => {
      const cast = [own.characterSheets[0]?.id];
      const { body, headers } = await add({ ...words, characterSheetIds: cast }).expect(201);
      assert.equal(headers.location, `${base}/scenes/${body.data.id}`);
      const { sceneId, characterSheetIds, imageState, videoState, status } = body.data;
      assert.deepEqual([sceneId, imageState, videoState, status], [3, 'missing', 'missing', 'pending']);
      assert.deepEqual(characterSheetIds, cast);
      const { body: front } = await add({ ...words, position: 1 }).expect(201);
      assert.deepEqual(await ids(), [front.data.id, first(), second(), body.data.id]);
    });

    it('refuses half a scene, a hole, a character of another film and a 31st', async () => {
      const other = await addScreenplay(app.db, app.sessionOf('ada').userId);
      const refusals: [object, string][] = [
        [{ narration: '浪' }, '/body/imagePrompt'],
        [{ ...words, position: 4 }, '/body/position'],
        [{ ...words, characterSheetIds: [other.characterSheets[0]?.id] }, '/body/characterSheetIds/0'],
        [{ ...words, characterSheetIds: Array(2).fill(own.characterSheets[0]?.id) }, '/body/characterSheetIds/1'],
      ];
      for (const [given, pointer] of refusals) {
        const { body } = await add(given).expect(400);
        assert.equal(body.errors[0].pointer, pointer);
      }
      assert.equal((await ids()).length, 2);
      const rows = Array.from({ length: 28 }, (_, index) => ({
        id: missingId.slice(0, -2) + String(index + 10),
        screenplay_id: own.id,
        scene_id: index + 3,
        narration: '',
        image_prompt: '',
        video_prompt: '',
      }));
      await app.db('scenes').insert(rows);
      const { body } = await add(words).expect(409);
      assert.equal(body.code, 5002);
    });

    it('makes one scene of one key, none for a stranger, and none while a film is made', async () => {
      const keyed = () => add(words).set('Idempotency-Key', `scene-${own.id}`);
      const { body: one } = await keyed().expect(201);
      const again = await keyed().expect(201);
      assert.equal(again.headers['idempotent-replayed'], 'true');
      assert.equal(again.body.data.id, one.data.id);
      const foreign = await add(words, 'bob').expect(404);
      const missing = await app.as('bob').post(`/api/v1/screenplays/${missingId}/scenes`).send(words).expect(404);
      assert.deepEqual({ ...foreign.body, requestId: '' }, { ...missing.body, requestId: '' });
      await setStatus('generating');
      assert.equal((await add(words).expect(409)).body.code, 4002);
    });
  });

  describe('updateScene', () => {
    it('changes who is in a scene, and takes a finished screenplay back to confirmed', async () => {
      await setStatus('completed');
      const { body } = await app
        .as('ada')
        .patch(`${base}/scenes/${first()}`)
        .send({ characterSheetIds: [] })
        .expect(200);
      assert.deepEqual(body.data.characterSheetIds, []);
      assert.equal(await statusNow(), 'confirmed');
      const bad = await app
        .as('ada')
        .patch(`${base}/scenes/${first()}`)
        .send({ characterSheetIds: [missingId] })
        .expect(400);
      assert.equal(bad.body.errors[0].pointer, '/body/characterSheetIds/0');
    });
  });

  describe('deleteScene', () => {
    const remove = (sceneUuid: string, name = 'ada') => app.as(name).delete(`${base}/scenes/${sceneUuid}`);

    it('deletes the scene with its takes and files, moves the others up, and keeps the last', async () => {
      await drawEverything(app.db, own);
      const takes = await app.db('takes').where({ subject_id: first() }).select('media_id');
      assert.equal(takes.length, 2);
      await remove(first()).expect(200);
      assert.deepEqual(await ids(), [second()]);
      const files = await app.db('media_files').whereIn(
        'id',
        takes.map(({ media_id }) => media_id),
      );
      assert.deepEqual([await app.db('takes').where({ subject_id: first() }), files], [[], []]);
      assert.equal(await statusNow(), 'confirmed');
      await remove(first()).expect(404);
      const { body } = await remove(second()).expect(409);
      assert.equal(body.code, 4002);
    });

    it('keeps one that is being drawn, one of a film in the making, and one of somebody else', async () => {
      await work(first());
      assert.equal((await remove(first()).expect(409)).body.code, 4002);
      await remove(second(), 'bob').expect(404);
      await remove(missingId).expect(404);
      await setStatus('generating');
      await remove(second()).expect(409);
      assert.deepEqual(await ids(), [first(), second()]);
    });
  });

  describe('reorderScenes', () => {
    const order = (sceneIds: string[], name = 'ada') => app.as(name).put(`${base}/scene-order`).send({ sceneIds });

    it('numbers the scenes as listed', async () => {
      const { body } = await order([second(), first()]).expect(200);
      assert.deepEqual(
        body.data.scenes.map(({ id, sceneId }: { id: string; sceneId: number }) => [id, sceneId]),
        [
          [second(), 1],
          [first(), 2],
        ],
      );
    });

    it('refuses a list that is not all scenes once', async () => {
      const lists: [string[], string][] = [
        [[first()], '/body/sceneIds'],
        [[first(), first()], '/body/sceneIds/1'],
        [[first(), missingId], '/body/sceneIds/1'],
        [[first(), second(), missingId], '/body/sceneIds/2'],
      ];
      for (const [list, pointer] of lists) {
        const { body } = await order(list).expect(400);
        assert.deepEqual([body.code, body.errors[0].pointer], [1000, pointer]);
      }
      await order([second(), first()], 'bob').expect(404);
      await setStatus('generating');
      await order([second(), first()]).expect(409);
      assert.deepEqual(await ids(), [first(), second()]);
    });

    it('lets many orders at once leave one whole order', async () => {
      const lists = [
        [first(), second()],
        [second(), first()],
      ];
      await Promise.all(Array.from({ length: 8 }, (_, index) => order(lists[index % 2] ?? []).expect(200)));
      assert.deepEqual((await ids()).sort(), [first(), second()].sort());
    });
  });

  describe('deleteScreenplay', () => {
    it('deletes all that was made of it and keeps the task', async () => {
      await drawEverything(app.db, own);
      await app.as('bob').delete(base).expect(404);
      await app.as('ada').delete(base).expect(200);
      await app.as('ada').get(base).expect(404);
      await app.as('ada').delete(base).expect(404);
      const subjects = [own.id, ...own.scenes.map(({ id }) => id), ...own.characterSheets.map(({ id }) => id)];
      assert.deepEqual(await app.db('takes').whereIn('subject_id', subjects), []);
      await app.as('ada').get(`/api/v1/tasks/${own.taskId}`).expect(200);
    });

    it('keeps one that is worked on', async () => {
      await work(first());
      assert.equal((await app.as('ada').delete(base).expect(409)).body.code, 4002);
      await app.db('tasks').update({ status: 'cancelled' });
      await setStatus('generating');
      assert.equal((await app.as('ada').delete(base).expect(409)).body.code, 4002);
      await setStatus('draft');
      await app.as('ada').delete(base).expect(200);
    });
  });
});
