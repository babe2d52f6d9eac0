import assert from 'node:assert/strict';
import { useApp } from '../http/testApp.ts';
import { addScreenplay, missingId } from './fixtures.ts';

describe('tasks', () => {
  const app = useApp({ users: ['ada', 'bob', 'cai', 'dan', 'eve'], config: { maxTasksPerUser: 8 } });
  const prompt = '一只想看海的小猫，踏上了穿越城市的旅程';
  const create = (name: string, body: object) => app.as(name).post('/api/v1/tasks').send(body);
  const startedBy = async (name: string) => {
    const { body } = await create(name, { type: 'screenplay', params: { prompt } }).expect(202);
    return body.data.id as string;
  };
  const task = (id: string, rest = '') => `/api/v1/tasks/${id}${rest}`;
  const end = (id: string, status: string, more: object = {}) =>
    app
      .db('tasks')
      .where({ id })
      .update({ status, ...more });
  afterEach(() => app.db('tasks').where({ status: 'pending' }).update({ status: 'cancelled' }));

  describe('listTasks', () => {
    it('lists one’s own, the newest first', async () => {
      const older = await startedBy('cai');
      const newer = await startedBy('cai');
      const { body } = await app.as('cai').get('/api/v1/tasks').expect(200);
      assert.deepEqual(
        body.data.items.map(({ id }: { id: string }) => id),
        [newer, older],
      );
      await app.as('cai').get('/api/v1/tasks?pageSize=1000').expect(400);
    });
  });

  describe('getTask', () => {
    it('shows what was asked, the steps, and nothing yet', async () => {
      const id = await startedBy('ada');
      const { body } = await app.as('ada').get(task(id)).expect(200);
      const { data } = body;
      assert.deepEqual([data.status, data.progress, data.result, data.errorMessage], ['pending', 0, null, null]);
      assert.deepEqual([data.params.prompt, data.params.sceneCount], [prompt, 7]);
      assert.deepEqual(
        data.steps.map(({ kind, status }: Record<string, string>) => [kind, status]),
        [['writeScreenplay', 'ready']],
      );
    });

    it('signs the addresses of a film, and tells a failure in the asked language', async () => {
      const { body: created } = await create('ada', { type: 'film', params: { prompt } }).expect(202);
      const { id } = created.data;
      const usage = { calls: { screenplay: 1, image: 9, video: 7 }, costMicros: 5 };
      const ids = {
        mediaId: missingId,
        posterMediaId: missingId,
        subtitleMediaIds: { srt: missingId, vtt: missingId },
      };
      await end(id, 'completed', { result: { screenplayId: missingId, durationSeconds: 70.1, usage, ...ids } });
      const { body } = await app.as('ada').get(task(id)).expect(200);
      const { url, posterUrl, subtitles, ...rest } = body.data.result;
      assert.deepEqual(rest, { screenplayId: missingId, mediaId: missingId, durationSeconds: 70.1, usage });
      for (const address of [url, posterUrl, subtitles.srt, subtitles.vtt]) {
        assert.ok(address.startsWith(`${app.url}/api/v1/media/${missingId}/content?expires=`));
      }
      await end(id, 'failed', { result: null, error: { code: 6000, key: 'step_deadline', params: {} } });
      const failed = await app.as('ada').get(task(id)).set('Accept-Language', 'zh-CN').expect(200);
      assert.equal(failed.body.data.errorMessage, '该步骤未能按时完成。');
    });

    it('hides it from everyone else like a missing one, in every operation', async () => {
      const id = await startedBy('ada');
      const calls: ['get' | 'post', string, object?][] = [
        ['get', ''],
        ['get', '/progress'],
        ['get', '/events'],
        ['post', '/cancel'],
        ['post', '/retry'],
        ['post', `/steps/${missingId}/resolve`, { decision: 'retry' }],
      ];
      for (const [method, rest, body] of calls) {
        const foreign = await app.as('bob')[method](task(id, rest)).send(body).expect(404);
        const missing = await app.as('bob')[method](task(missingId, rest)).send(body).expect(404);
        assert.equal(foreign.body.code, 3000);
        assert.deepEqual({ ...foreign.body, requestId: '' }, { ...missing.body, requestId: '' });
        await app.anyone()[method](task(id, rest)).send(body).expect(401);
      }
    });
  });

  it('getTaskProgress tells where the work stands', async () => {
    const id = await startedBy('ada');
    const { body } = await app.as('ada').get(task(id, '/progress')).expect(200);
    const details = { stage: 'screenplay', step: 'writeScreenplay', done: 0, total: 1 };
    assert.deepEqual(body.data, { taskId: id, status: 'pending', progress: 0, details });
  });

  describe('cancelTask', () => {
    it('stops work that has not begun, and only once', async () => {
      const id = await startedBy('ada');
      const { body } = await app.as('ada').post(task(id, '/cancel')).expect(200);
      assert.deepEqual([body.data.status, body.data.steps[0].status], ['cancelled', 'cancelled']);
      const again = await app.as('ada').post(task(id, '/cancel')).expect(409);
      assert.equal(again.body.code, 4002);
    });

    it('refuses after completion', async () => {
      const id = await startedBy('ada');
      await end(id, 'completed', { result: { screenplayId: missingId } });
      const { body } = await app.as('ada').post(task(id, '/cancel')).set('Accept-Language', 'zh').expect(409);
      assert.deepEqual([body.code, body.detail], [4002, '该任务当前为 completed，无法执行此操作。']);
    });
  });

  describe('retryTask', () => {
    it('takes up what was cancelled', async () => {
      const id = await startedBy('ada');
      await app.as('ada').post(task(id, '/retry')).expect(409);
      await app.as('ada').post(task(id, '/cancel')).expect(200);
      const { body, headers } = await app.as('ada').post(task(id, '/retry')).expect(202);
      assert.deepEqual([body.data.status, body.data.steps[0].status], ['processing', 'ready']);
      assert.equal(headers.location, task(id));
      await end(id, 'cancelled');
    });

    it('takes up a film as an order would: not beside another, and not with other scenes than it was planned for', async () => {
      const screenplay = await addScreenplay(app.db, app.sessionOf('bob').userId, 'confirmed');
      const film = (aspectRatio: string) =>
        create('bob', { type: 'film', params: { screenplayId: screenplay.id, render: { aspectRatio } } }).expect(202);
      const status = async () => (await app.db('screenplays').where({ id: screenplay.id }).first()).status;
      const { id } = (await film('16:9')).body.data;
      await app.as('bob').post(task(id, '/cancel')).expect(200);
      const other = (await film('9:16')).body.data.id;
      const refused = await app.as('bob').post(task(id, '/retry')).expect(409);
      assert.deepEqual([refused.body.code, refused.body.type], [4002, 'urn:directorai:problem:wrong_state']);
      await app.as('bob').post(task(other, '/cancel')).expect(200);
      await app.as('bob').post(task(id, '/retry')).expect(202);
      const { aspect_ratio: aspectRatio } = await app.db('screenplays').where({ id: screenplay.id }).first();
      assert.deepEqual([await status(), aspectRatio], ['generating', '16:9']);
      await app.as('bob').post(task(id, '/cancel')).expect(200);
      const [scene] = screenplay.scenes;
      await app.as('bob').delete(`/api/v1/screenplays/${screenplay.id}/scenes/${scene?.id}`).expect(200);
      const { body } = await app.as('bob').post(task(id, '/retry')).expect(409);
      assert.deepEqual([body.code, body.type], [4002, 'urn:directorai:problem:film_outdated']);
      assert.equal(await status(), 'confirmed');
    });

    it('counts against the limit of active tasks', async () => {
      const ids = await Promise.all(Array.from({ length: 8 }, () => startedBy('eve')));
      const [first = ''] = ids;
      await app.as('eve').post(task(first, '/cancel')).expect(200);
      await startedBy('eve');
      const { body } = await app.as('eve').post(task(first, '/retry')).expect(409);
      assert.equal(body.code, 5002);
    });
  });

  describe('resolveTaskStep', () => {
    it('takes the user’s decision about a step in doubt, once', async () => {
      const id = await startedBy('dan');
      const { id: stepId } = await app.db('steps').where({ task_id: id }).first();
      const resolve = (body: object) =>
        app
          .as('dan')
          .post(task(id, `/steps/${stepId}/resolve`))
          .send(body);
      await resolve({ decision: 'retry' }).expect(409);
      await app.db('steps').where({ id: stepId }).update({ status: 'needs_review' });
      await resolve({ decision: 'forget' }).expect(400);
      const { body } = await resolve({ decision: 'retry' }).expect(200);
      assert.equal(body.data.steps[0].status, 'ready');
      await resolve({ decision: 'retry' }).expect(409);
    });

    it('ends the task when the loss is accepted', async () => {
      const id = await startedBy('dan');
      const { id: stepId } = await app.db('steps').where({ task_id: id }).first();
      await app.db('steps').where({ id: stepId }).update({ status: 'needs_review' });
      const path = task(id, `/steps/${stepId}/resolve`);
      const { body } = await app.as('dan').post(path).send({ decision: 'accept_loss' }).expect(200);
      assert.equal(body.data.steps[0].status, 'failed');
      await app
        .as('dan')
        .post(task(id, `/steps/${missingId}/resolve`))
        .send({ decision: 'retry' })
        .expect(404);
    });
  });

  it('lets a film of a screenplay begin only when that is confirmed', async () => {
    const { userId } = app.sessionOf('bob');
    const draft = await addScreenplay(app.db, userId);
    const film = (screenplayId: string) => create('bob', { type: 'film', params: { screenplayId } });
    const refused = await film(draft.id).expect(409);
    assert.equal(refused.body.code, 4002);
    await app.as('bob').post(`/api/v1/screenplays/${draft.id}/confirm`).expect(200);
    const { body } = await film(draft.id).expect(202);
    const shown = await app.as('bob').get(task(body.data.id)).expect(200);
    assert.equal(shown.body.data.steps.length, 1 + 2 + 2 + 1);
    await film(draft.id).expect(409);
    await film(missingId).expect(404);
    await create('cai', { type: 'film', params: { screenplayId: draft.id } }).expect(404);
  });
});
