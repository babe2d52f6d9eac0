import assert from 'node:assert/strict';
import { useApp } from '../http/testApp.ts';
import { eventually } from '../support/eventually.ts';
import { addMediaRow, addPicture, addScreenplay, missingId } from './fixtures.ts';

describe('createTask', () => {
  const app = useApp({ users: ['ada', 'bob', 'cai'], config: { maxTasksPerUser: 6 } });
  const prompt = 'Two rival chefs must cook together on a storm-tossed airship';
  const create = (name: string, body: object) => app.as(name).post('/api/v1/tasks').send(body);
  const counts = async () => {
    const tables = ['tasks', 'steps', 'events', 'graphile_worker._private_jobs'];
    return Promise.all(tables.map(async (table) => Number((await app.db(table).count({ n: '*' }))[0]?.n)));
  };
  beforeEach(() => app.db('tasks').where({ status: 'pending' }).update({ status: 'cancelled' }));

  it('accepts work of all four types and fills in what was left out', async () => {
    const { body: conversation } = await app.as('ada').post('/api/v1/conversations').send({ title: 'x' }).expect(201);
    const conversationId = conversation.data.id;
    const story = { images: [], sceneCount: 7, characterCount: 2, sceneSeconds: 10, language: 'zh' };
    const cases: [string, object, object][] = [
      ['screenplay', { prompt }, { prompt, ...story }],
      ['film', { prompt, sceneCount: 5 }, { prompt, ...story, sceneCount: 5, render: { aspectRatio: '16:9' } }],
      ['image', { prompt }, { prompt, size: '1024x1024', references: [] }],
      ['video', { prompt, seconds: 5 }, { prompt, seconds: 5, references: [] }],
    ];
    for (const [type, params, filled] of cases) {
      const answer = await create('ada', { type, params, conversationId }).expect(202);
      const { id, status, progress } = answer.body.data;
      assert.deepEqual([answer.body.data.type, status, progress], [type, 'pending', 0]);
      assert.equal(answer.headers.location, `/api/v1/tasks/${id}`);
      const { body } = await app.as('ada').get(`/api/v1/tasks/${id}`).expect(200);
      assert.deepEqual([body.data.params, body.data.conversationId], [filled, conversationId]);
      assert.equal(body.data.steps[0].status, 'ready');
    }
  });

  it('takes one’s own pictures, and a clip’s first frame', async () => {
    const picture = await addPicture(app, 'ada');
    await create('ada', { type: 'film', params: { prompt, images: [picture] } }).expect(202);
    await create('ada', { type: 'image', params: { prompt, references: [picture, picture] } }).expect(202);
    await create('ada', { type: 'video', params: { prompt, firstFrame: picture } }).expect(202);
  });

  it('makes scenes and characters anew', async () => {
    const { scenes, characterSheets, id } = await addScreenplay(app.db, app.sessionOf('ada').userId, 'confirmed');
    const sceneUuid = scenes[0]?.id;
    const characterSheetId = characterSheets[0]?.id;
    await create('ada', { type: 'image', params: { sceneUuid } }).expect(202);
    await create('ada', { type: 'image', params: { characterSheetId } }).expect(202);
    const { body } = await create('ada', { type: 'video', params: { sceneUuid } }).expect(409);
    assert.equal(body.detail, 'This scene is without a picture, so that is not possible.');
    const path = `/api/v1/media/${await addPicture(app, 'ada')}/content`;
    await app.db('scenes').where({ id: sceneUuid }).update({ image_url: path });
    await create('ada', { type: 'video', params: { sceneUuid } }).expect(202);
    await app.db('screenplays').where({ id }).update({ status: 'generating' });
    await create('ada', { type: 'image', params: { sceneUuid } }).expect(409);
    await create('ada', { type: 'image', params: { characterSheetId } }).expect(409);
  });

  it('waits for an edit of the screenplay it is about, and goes by what that left', async () => {
    const { scenes, id } = await addScreenplay(app.db, app.sessionOf('ada').userId, 'confirmed');
    const edit = await app.db.transaction();
    await edit('screenplays').where({ id }).update({ status: 'generating' });
    const order = create('ada', { type: 'image', params: { sceneUuid: scenes[0]?.id } }).then(({ status }) => status);
    const waits = () => app.db('pg_locks').where({ granted: false }).first();
    await eventually('the order waits for the edit', waits, 5_000);
    await edit.commit();
    assert.equal(await order, 409);
  });

  it('answers 404 for what is missing or somebody else’s, and leaves nothing behind', async () => {
    const { userId } = app.sessionOf('bob');
    const screenplay = await addScreenplay(app.db, userId, 'confirmed');
    const media = await addPicture(app, 'bob');
    const conversation = await app.as('bob').post('/api/v1/conversations').send({ title: 'x' }).expect(201);
    const before = await counts();
    const orders = (id: Record<string, string | undefined>) => [
      { type: 'screenplay', params: { prompt }, conversationId: id.conversation },
      { type: 'screenplay', params: { prompt, images: [id.media] } },
      { type: 'image', params: { prompt, references: [id.media] } },
      { type: 'video', params: { prompt, firstFrame: id.media } },
      { type: 'image', params: { sceneUuid: id.scene } },
      { type: 'image', params: { characterSheetId: id.sheet } },
      { type: 'video', params: { sceneUuid: id.scene } },
      { type: 'film', params: { screenplayId: id.screenplay } },
    ];
    const bobs = {
      conversation: conversation.body.data.id,
      media,
      scene: screenplay.scenes[0]?.id,
      sheet: screenplay.characterSheets[0]?.id,
      screenplay: screenplay.id,
    };
    const nobodys = Object.fromEntries(Object.keys(bobs).map((name) => [name, missingId]));
    const missing = orders(nobodys);
    for (const [index, order] of orders(bobs).entries()) {
      const foreign = await create('ada', order).expect(404);
      const absent = await create('ada', missing[index] ?? {}).expect(404);
      assert.deepEqual({ ...foreign.body, requestId: '' }, { ...absent.body, requestId: '' });
    }
    assert.deepEqual(await counts(), before);
  });

  it('points at the file that is missing, whoever’s it is', async () => {
    const bobs = await addPicture(app, 'bob');
    const own = await addPicture(app, 'ada');
    for (const id of [bobs, missingId]) {
      const { body } = await create('ada', { type: 'film', params: { prompt, images: [own, id] } }).expect(404);
      assert.deepEqual(body.errors, [{ pointer: '/body/params/images/1', detail: 'is not one of your files' }]);
      const single = await app.as('ada').post('/api/v1/videos').send({ prompt, firstFrame: id }).expect(404);
      assert.equal(single.body.errors[0].pointer, '/body/firstFrame');
    }
  });

  it('names the file that is no picture', async () => {
    const video = await addMediaRow(app.db, app.sessionOf('ada').userId, 'video');
    const picture = await addPicture(app, 'ada');
    const { body } = await create('ada', { type: 'film', params: { prompt, images: [picture, video] } }).expect(400);
    assert.deepEqual(body.errors, [{ pointer: '/body/params/images/1', detail: 'is not a picture' }]);
  });

  it('holds the limit of active tasks against a crowd', async () => {
    const ask = () => create('cai', { type: 'image', params: { prompt } });
    const answers = await Promise.all(Array.from({ length: 15 }, ask));
    assert.equal(answers.filter(({ status }) => status === 202).length, 6);
    const refused = answers.filter(({ status }) => status === 409);
    assert.equal(refused.length, 9);
    assert.ok(refused.every(({ body }) => body.code === 5002));
    const { userId } = app.sessionOf('cai');
    assert.equal((await app.db('tasks').where({ user_id: userId })).length, 6);
  });
});
