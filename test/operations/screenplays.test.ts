import assert from 'node:assert/strict';
import type { Screenplay } from '../../src/db/screenplays.ts';
import { useApp } from '../http/testApp.ts';
import { addScreenplay, missingId } from './fixtures.ts';

describe('screenplays', () => {
  const app = useApp({ users: ['ada', 'bob', 'cai'] });
  let own: Screenplay;
  let base: string;
  beforeEach(async () => {
    own = await addScreenplay(app.db, app.sessionOf('ada').userId);
    base = `/api/v1/screenplays/${own.id}`;
  });
  const setStatus = (status: string) => app.db('screenplays').where({ id: own.id }).update({ status });

  describe('getScreenplay', () => {
    it('shows scenes and characters in order, pictures under signed addresses', async () => {
      const path = `/api/v1/media/${missingId}/content`;
      await app.db('scenes').where({ id: own.scenes[0]?.id }).update({ image_url: path });
      const { body } = await app.as('ada').get(base).expect(200);
      assert.deepEqual(
        body.data.scenes.map(({ sceneId }: { sceneId: number }) => sceneId),
        [1, 2],
      );
      assert.ok(body.data.scenes[0].imageUrl.startsWith(`${app.url}${path}?expires=`));
      assert.equal(body.data.scenes[1].imageUrl, null);
      assert.equal(body.data.characterSheets[0].name, 'Mimi');
      assert.equal(body.data.taskId, own.taskId);
    });

    it('hides it from everyone else like a missing one', async () => {
      const foreign = await app.as('bob').get(base).expect(404);
      const missing = await app.as('bob').get(`/api/v1/screenplays/${missingId}`).expect(404);
      assert.deepEqual({ ...foreign.body, requestId: '' }, { ...missing.body, requestId: '' });
      await app.as('ada').get('/api/v1/screenplays/first').expect(400);
    });
  });

  it('listScreenplays lists one’s own, the newest first', async () => {
    const { userId } = app.sessionOf('cai');
    const older = await addScreenplay(app.db, userId);
    const newer = await addScreenplay(app.db, userId, 'completed');
    const { body } = await app.as('cai').get('/api/v1/screenplays').expect(200);
    assert.equal(body.data.total, 2);
    assert.deepEqual(
      body.data.items.map(({ id, status, sceneCount }: Record<string, unknown>) => [id, status, sceneCount]),
      [
        [newer.id, 'completed', 2],
        [older.id, 'draft', 2],
      ],
    );
  });

  describe('updateScreenplay', () => {
    it('renames one’s own', async () => {
      const { body } = await app.as('ada').patch(base).send({ title: '大海' }).expect(200);
      assert.equal(body.data.title, '大海');
      await app.as('bob').patch(base).send({ title: 'Mine' }).expect(404);
      await app.as('ada').patch(base).send({ title: '' }).expect(400);
      await app.as('ada').patch(base).send({ title: 'x', status: 'confirmed' }).expect(400);
    });

    it('waits while a film is being made of it', async () => {
      await setStatus('generating');
      const { body } = await app.as('ada').patch(base).send({ title: 'Storm' }).expect(409);
      assert.equal(body.code, 4002);
    });
  });

  describe('confirmScreenplay', () => {
    it('confirms a draft, once', async () => {
      await app.as('bob').post(`${base}/confirm`).expect(404);
      const { body } = await app.as('ada').post(`${base}/confirm`).expect(200);
      assert.equal(body.data.status, 'confirmed');
      const again = await app.as('ada').post(`${base}/confirm`).expect(409);
      assert.equal(again.body.code, 4002);
      await app.as('ada').post(`/api/v1/screenplays/${missingId}/confirm`).expect(404);
    });

    it('lets one of many at once confirm', async () => {
      const confirm = () => app.as('ada').post(`${base}/confirm`);
      const statuses = (await Promise.all(Array.from({ length: 10 }, confirm))).map(({ status }) => status);
      assert.deepEqual(statuses.filter((status) => status === 200).length, 1);
      assert.deepEqual(statuses.filter((status) => status === 409).length, 9);
    });
  });

  describe('updateScene', () => {
    const sceneOf = (screenplay: Screenplay) => `${base}/scenes/${screenplay.scenes[0]?.id}`;

    it('changes what is given and keeps the rest', async () => {
      const { body } = await app.as('ada').patch(sceneOf(own)).send({ narration: '小猫\n看海。' }).expect(200);
      assert.equal(body.data.narration, '小猫\n看海。');
      assert.equal(body.data.videoPrompt, 'the kitten walks');
      await app.as('ada').patch(sceneOf(own)).send({}).expect(400);
      await app.as('ada').patch(sceneOf(own)).send({ imageUrl: 'https://example.com/x.png' }).expect(400);
      await app
        .as('ada')
        .patch(sceneOf(own))
        .send({ narration: 'x'.repeat(1001) })
        .expect(400);
    });

    it('finds no scene through another screenplay', async () => {
      const other = await addScreenplay(app.db, app.sessionOf('ada').userId);
      const foreign = await addScreenplay(app.db, app.sessionOf('bob').userId);
      await app.as('ada').patch(sceneOf(other)).send({ narration: 'x' }).expect(404);
      await app.as('ada').patch(sceneOf(foreign)).send({ narration: 'x' }).expect(404);
      await app.as('bob').patch(sceneOf(own)).send({ narration: 'x' }).expect(404);
      await setStatus('generating');
      await app.as('ada').patch(sceneOf(own)).send({ narration: 'x' }).expect(409);
    });
  });

  describe('updateCharacterSheet', () => {
    it('changes name or description of one’s own', async () => {
      const sheet = `${base}/character-sheets/${own.characterSheets[0]?.id}`;
      const { body } = await app.as('ada').patch(sheet).send({ description: 'a grey kitten' }).expect(200);
      assert.deepEqual([body.data.name, body.data.description], ['Mimi', 'a grey kitten']);
      await app
        .as('ada')
        .patch(sheet)
        .send({ name: 'x'.repeat(101) })
        .expect(400);
      await app.as('bob').patch(sheet).send({ name: 'Momo' }).expect(404);
      await app.as('ada').patch(`${base}/character-sheets/${missingId}`).send({ name: 'Momo' }).expect(404);
    });
  });
});
