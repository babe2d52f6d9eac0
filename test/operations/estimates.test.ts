import assert from 'node:assert/strict';
import { insertTake } from '../../src/db/takes.ts';
import { sheetSize } from '../../src/film/params.ts';
import { sheetPrompt } from '../../src/film/prompts.ts';
import { pictureHash } from '../../src/film/takeInputs.ts';
import { useApp } from '../http/testApp.ts';
import { addPicture, addScreenplay, missingId } from './fixtures.ts';

describe('what a task costs', () => {
  const app = useApp({ users: ['ada', 'bob'] });
  const prompt = 'Two rival chefs must cook together on a storm-tossed airship';
  const estimate = (body: object, name = 'ada') => app.as(name).post('/api/v1/tasks/estimate').send(body);
  const counts = async () => {
    const tables = ['tasks', 'steps', 'events', 'spending', 'budgets', 'provider_calls'];
    return Promise.all(tables.map(async (table) => Number((await app.db(table).count({ n: '*' }))[0]?.n)));
  };
  const text = 14_000;
  const image = 134_000;
  const clip = 1_000_000;

  describe('estimateTask', () => {
    it('prices a film stage by stage, and spends and writes nothing', async () => {
      const before = await counts();
      const { body } = await estimate({ type: 'film', params: { prompt } }).expect(200);
      const stage = (name: string, calls: number, unitMicros: number) => {
        return { stage: name, calls, reused: 0, unitMicros, costMicros: calls * unitMicros };
      };
      const { stages, calls, costMicros, expectedSeconds } = body.data;
      assert.deepEqual(stages, [
        stage('screenplay', 1, text),
        stage('characters', 2, image),
        stage('images', 7, image),
        stage('clips', 7, clip),
        stage('film', 0, 0),
      ]);
      assert.deepEqual([calls, costMicros], [17, text + 9 * image + 7 * clip]);
      assert.ok(expectedSeconds > 0 && expectedSeconds < 60, `${expectedSeconds}`);
      assert.deepEqual(await counts(), before);
    });

    it('counts a call for each part of a screenplay too long for one answer of the model', async () => {
      const params = { prompt, sceneCount: 20, characterCount: 6 };
      const { body } = await estimate({ type: 'film', params }).expect(200);
      assert.deepEqual([body.data.stages[0].calls, body.data.calls], [3, 3 + 6 + 20 + 20]);
      assert.equal(body.data.costMicros, 3 * text + 26 * image + 20 * clip);
    });

    it('prices the other types by what they ask for', async () => {
      const cost = async (body: object) => (await estimate(body).expect(200)).body.data.costMicros;
      assert.equal(await cost({ type: 'screenplay', params: { prompt } }), text);
      assert.equal(await cost({ type: 'image', params: { prompt } }), image);
      assert.equal(await cost({ type: 'video', params: { prompt, seconds: 5 } }), clip / 2);
    });

    it('counts nothing for what a film would find made already, drafts included', async () => {
      const { userId } = app.sessionOf('ada');
      const screenplay = await addScreenplay(app.db, userId);
      const [sheet] = screenplay.characterSheets;
      assert.ok(sheet);
      const order = { type: 'film', params: { screenplayId: screenplay.id } };
      const characters = async () =>
        (await estimate(order).expect(200)).body.data.stages.find(
          (part: { stage: string }) => part.stage === 'characters',
        );
      assert.deepEqual((await characters()).calls, 1);
      const mediaId = await addPicture(app, 'ada');
      const { model } = app.services.models.image;
      const drawn = { kind: 'character_sheet' as const, model, prompt: sheetPrompt(sheet, undefined), size: sheetSize };
      const takeId = await insertTake(app.db, {
        ...{ ...drawn, subjectId: sheet.id, mediaId, userId, stepId: missingId, vendor: 'gemini' },
        ...{ referencesSent: [], referencesDropped: [], costMicros: image },
        inputHash: pictureHash({ ...drawn, references: [] }),
      });
      const combined = `/api/v1/media/${mediaId}/content`;
      await app.db('character_sheets').where({ id: sheet.id }).update({ take_id: takeId, combined_view_url: combined });
      assert.deepEqual(await characters(), {
        stage: 'characters',
        calls: 0,
        reused: 1,
        unitMicros: image,
        costMicros: 0,
      });
    });

    it('refuses what no task could be, and hides what is not one’s own', async () => {
      const { body } = await estimate({ type: 'film', params: { prompt, sceneCount: 31 } }).expect(400);
      assert.equal(body.errors[0].pointer, '/body/params/sceneCount');
      const { id } = await addScreenplay(app.db, app.sessionOf('bob').userId, 'confirmed');
      const film = (screenplayId: string) => estimate({ type: 'film', params: { screenplayId } }).expect(404);
      const [foreign, missing] = [await film(id), await film(missingId)];
      assert.deepEqual({ ...foreign.body, requestId: '' }, { ...missing.body, requestId: '' });
      await app.anyone().post('/api/v1/tasks/estimate').send({ type: 'film', params: { prompt } }).expect(401);
    });
  });

  describe('maxCost', () => {
    const film = (maxCost: number) => ({ type: 'film', params: { prompt, sceneCount: 1, characterCount: 0, maxCost } });
    const cost = text + image + clip;

    it('refuses what is estimated at more, and leaves nothing behind', async () => {
      const before = await counts();
      const { body } = await app
        .as('bob')
        .post('/api/v1/tasks')
        .send(film(cost - 1))
        .expect(402);
      assert.deepEqual([body.code, body.detail], [5001, 'This would cost more than maxCost allows.']);
      await app.as('bob').post('/api/v1/tasks').send(film(-1)).expect(400);
      await app.as('bob').post('/api/v1/tasks').send(film(0.5)).expect(400);
      await app
        .as('bob')
        .post('/api/v1/images')
        .send({ prompt, maxCost: image - 1 })
        .expect(402);
      assert.deepEqual(await counts(), before);
    });

    it('takes what costs exactly that, and shows it among the params', async () => {
      const { body } = await app.as('bob').post('/api/v1/tasks').send(film(cost)).expect(202);
      const task = await app.as('bob').get(`/api/v1/tasks/${body.data.id}`).expect(200);
      assert.equal(task.body.data.params.maxCost, cost);
    });
  });

  it('listModels tells what each model can do, takes at once and costs', async () => {
    const { body } = await app.as('ada').get('/api/v1/models').expect(200);
    const [writer, painter, camera] = body.data.items;
    assert.deepEqual([writer.ability, painter.ability, camera.ability], ['text', 'image', 'video']);
    assert.deepEqual(camera.price, { perCallMicros: 0, perSecondMicros: 100_000 });
    assert.deepEqual([camera.seconds, camera.sizes, painter.seconds, painter.maxReferences], [[5, 10, 15], [], [], 14]);
    assert.ok(body.data.items.every(({ sandbox }: { sandbox: boolean }) => sandbox));
    await app.anyone().get('/api/v1/models').expect(401);
  });

  describe('generateImage and generateVideo', () => {
    for (const [path, type, params] of [
      ['images', 'image', { prompt, size: '1536x864' }],
      ['videos', 'video', { prompt, seconds: 5 }],
    ] as const) {
      it(`start a task of type ${type}, once per key`, async () => {
        const ask = () => app.as('ada').post(`/api/v1/${path}`).set('Idempotency-Key', path).send(params).expect(202);
        const { body, headers } = await ask();
        const { id } = body.data;
        assert.deepEqual([body.data.type, headers.location], [type, `/api/v1/tasks/${id}`]);
        assert.equal((await ask()).body.data.id, id);
        const task = await app.as('ada').get(`/api/v1/tasks/${id}`).expect(200);
        assert.deepEqual(task.body.data.params, { references: [], ...params });
        await app.as('ada').post(`/api/v1/${path}`).send({ prompt: '' }).expect(400);
        await app.as('ada').post(`/api/v1/${path}`).send({ sceneUuid: missingId }).expect(404);
      });
    }
  });
});
