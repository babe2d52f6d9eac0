import assert from 'node:assert/strict';
import { mediaPath } from '../../src/db/ids.ts';
import type { Screenplay } from '../../src/db/screenplays.ts';
import { useApp } from '../http/testApp.ts';
import { addScreenplay, missingId } from './fixtures.ts';
import { addTake, drawEverything } from './takeFixtures.ts';

describe('takes of a scene', () => {
  const app = useApp({ users: ['ada', 'bob'], config: { maxTasksPerUser: 50 } });
  let own: Screenplay;
  let base: string;
  let scene: string;
  let sheet: string;
  beforeEach(async () => {
    own = await addScreenplay(app.db, app.sessionOf('ada').userId);
    base = `/api/v1/screenplays/${own.id}`;
    scene = own.scenes[0]?.id ?? '';
    sheet = own.characterSheets[0]?.id ?? '';
    await drawEverything(app.db, own);
  });
  const setStatus = (status: string) => app.db('screenplays').where({ id: own.id }).update({ status });
  const get = async () => (await app.as('ada').get(base).expect(200)).body.data;
  /** The states of the film, the sheet, and of picture and clip of both scenes. */
  const states = async () => {
    const { filmState, characterSheets, scenes } = await get();
    const shown = scenes.map(({ imageState, videoState }: Record<string, string>) => `${imageState}/${videoState}`);
    return [filmState, characterSheets[0].state, ...shown].join(' ');
  };
  const patch = (rest: string, body: object) => app.as('ada').patch(`${base}${rest}`).send(body).expect(200);
  const older = (kind: 'image' | 'clip', subjectId = scene) =>
    addTake(app.db, own.userId, { kind, subjectId, inputHash: 'made from other words' });
  const select = (takeId: string, name = 'ada', sceneUuid = scene) =>
    app.as(name).post(`${base}/scenes/${sceneUuid}/takes/${takeId}/select`);

  describe('getScreenplay', () => {
    it('shows the latest film, and that all of it is current', async () => {
      assert.equal(await states(), 'current current current/current current/current');
      const { film } = await get();
      assert.equal(film.durationSeconds, 5);
      for (const url of [film.url, film.posterUrl, film.subtitles.srt])
        assert.ok(url.startsWith(`${app.url}/api/v1/media/`));
      const { body } = await app.as('ada').get('/api/v1/screenplays?pageSize=1').expect(200);
      assert.match(body.data.items[0].posterUrl, /\/thumbnail\?expires=/);
    });

    it('tells what each edit makes stale, and takes it back with the edit', async () => {
      await patch(`/scenes/${scene}`, { narration: '新的旁白' });
      assert.equal(await states(), 'stale current current/current current/current');
      await patch(`/scenes/${scene}`, { narration: own.scenes[0]?.narration, videoPrompt: 'the kitten sleeps' });
      assert.equal(await states(), 'stale current current/stale current/current');
      await patch(`/scenes/${scene}`, { videoPrompt: own.scenes[0]?.videoPrompt, imagePrompt: 'a roof' });
      assert.equal(await states(), 'stale current stale/stale current/current');
      await patch(`/scenes/${scene}`, { imagePrompt: own.scenes[0]?.imagePrompt, characterSheetIds: [] });
      assert.equal(await states(), 'stale current stale/stale current/current');
      await patch(`/scenes/${scene}`, { characterSheetIds: [sheet] });
      assert.equal(await states(), 'current current current/current current/current');
      const { body } = await patch(`/character-sheets/${sheet}`, { description: 'a grey cat' });
      assert.equal(body.data.state, 'stale');
      assert.equal(await states(), 'stale stale stale/stale stale/stale');
    });

    it('tells the same in the list, of every film on the page', async () => {
      const bare = await addScreenplay(app.db, own.userId);
      const listed = async () => {
        const { body } = await app.as('ada').get('/api/v1/screenplays?pageSize=2').expect(200);
        return body.data.items.map((item: Record<string, unknown>) => [item.id, item.status, item.filmState]);
      };
      const others = [bare.id, 'draft', 'missing'];
      assert.deepEqual(await listed(), [others, [own.id, 'completed', 'current']]);
      await patch(`/scenes/${scene}`, { narration: '另一句话。' });
      assert.deepEqual(await listed(), [others, [own.id, 'confirmed', 'stale']]);
    });

    it('misses what was never made', async () => {
      const bare = await addScreenplay(app.db, own.userId);
      const { body } = await app.as('ada').get(`/api/v1/screenplays/${bare.id}`).expect(200);
      const { filmState, film, scenes, characterSheets } = body.data;
      assert.deepEqual([filmState, film, characterSheets[0].state], ['missing', null, 'missing']);
      assert.deepEqual([scenes[0].imageState, scenes[0].videoState], ['missing', 'missing']);
    });
  });

  describe('listSceneTakes', () => {
    const list = (query = '', name = 'ada') => app.as(name).get(`${base}/scenes/${scene}/takes${query}`);

    it('lists every take, the newest first, with what was sent and what is shown', async () => {
      const { takeId, mediaId } = await older('image');
      const { body } = await list().expect(200);
      assert.deepEqual(
        body.data.items.map(({ kind, selected }: Record<string, unknown>) => [kind, selected]),
        [
          ['image', false],
          ['clip', true],
          ['image', true],
        ],
      );
      const [take] = body.data.items;
      assert.deepEqual([take.id, take.mediaId, take.costMicros], [takeId, mediaId, 134_000]);
      assert.deepEqual(take.referencesDropped, [{ mediaId, reason: 'the vendor takes 4 references at most' }]);
      assert.ok(take.url.startsWith(`${app.url}${mediaPath(mediaId)}?expires=`));
    });

    it('keeps one kind, in pages', async () => {
      const { body } = await list('?kind=clip&pageSize=1').expect(200);
      assert.deepEqual([body.data.total, body.data.items[0].kind], [1, 'clip']);
      const bad = await list('?kind=film').expect(400);
      assert.equal(bad.body.errors[0].pointer, '/query/kind');
    });

    it('shows a stranger nothing', async () => {
      await list('', 'bob').expect(404);
      await app.as('ada').get(`${base}/scenes/${missingId}/takes`).expect(404);
    });
  });

  describe('selectTake', () => {
    it('shows the take chosen and keeps it current, whatever it was made from', async () => {
      const { takeId, mediaId } = await older('clip');
      const { body } = await select(takeId).expect(200);
      assert.ok(body.data.videoUrl.includes(mediaId));
      assert.equal(body.data.videoState, 'current');
      const file = { sha256: Buffer.alloc(32, 1) };
      await app.db('media_files').where({ id: mediaId }).update(file);
      assert.equal(await states(), 'stale current current/current current/current');
      assert.equal((await get()).status, 'confirmed');
      const refused = await app.as('ada').delete(`/api/v1/media/${mediaId}`).expect(409);
      assert.equal(refused.body.code, 4002);
    });

    it('keeps a chosen picture until its words or its cast change, and has the clip follow it', async () => {
      const { takeId, mediaId } = await older('image');
      await app
        .db('media_files')
        .where({ id: mediaId })
        .update({ sha256: Buffer.alloc(32, 2) });
      await select(takeId).expect(200);
      assert.equal(await states(), 'stale current current/stale current/current');
      await patch(`/scenes/${scene}`, { narration: '还是这张图' });
      assert.equal(await states(), 'stale current current/stale current/current');
      await patch(`/character-sheets/${sheet}`, { description: 'a grey cat' });
      assert.equal(await states(), 'stale stale stale/stale stale/stale');
    });

    it('finds no take of another scene, of a character or of a stranger', async () => {
      const foreign = await older('image', own.scenes[1]?.id);
      await select(foreign.takeId).expect(404);
      const [drawn] = await app.db('takes').where({ subject_id: sheet }).select('id');
      await select(drawn.id).expect(404);
      await select(missingId).expect(404);
      const { takeId } = await older('image');
      await select(takeId, 'bob').expect(404);
      await setStatus('generating');
      assert.equal((await select(takeId).expect(409)).body.code, 4002);
      assert.equal(await states(), 'current current current/current current/current');
    });
  });

  describe('regenerating', () => {
    const imageOf = () => `${base}/scenes/${scene}/image`;
    const videoOf = () => `${base}/scenes/${scene}/video`;
    const sheetOf = () => `${base}/character-sheets/${sheet}/image`;
    const post = (url: string, body: object = {}, name = 'ada') => app.as(name).post(url).send(body);
    const tasks = () => app.db('tasks').where({ user_id: own.userId, status: 'pending' }).orderBy('id');
    afterEach(() => app.db('tasks').where({ status: 'pending' }).update({ status: 'cancelled' }));

    it('regenerateSceneImage, regenerateSceneVideo and regenerateCharacterSheet each start a task of one step', async () => {
      for (const [url, type, kind] of [
        [imageOf(), 'image', 'drawSceneImage'],
        [videoOf(), 'video', 'shootSceneClip'],
        [sheetOf(), 'image', 'drawCharacterSheet'],
      ] as const) {
        const { body, headers } = await post(url).expect(202);
        assert.deepEqual([body.data.type, body.data.status], [type, 'pending']);
        assert.equal(headers.location, `/api/v1/tasks/${body.data.id}`);
        const task = await app
          .as('ada')
          .get(headers.location ?? '')
          .expect(200);
        assert.deepEqual(
          task.body.data.steps.map((step: Record<string, string>) => step.kind),
          [kind],
        );
      }
      assert.equal((await get()).status, 'confirmed');
    });

    it('needs no body where nothing is to change', async () => {
      for (const url of [imageOf(), videoOf(), sheetOf()]) {
        await app.as('ada').post(url).expect(202);
        await app.as('ada').post(url).set('Content-Type', 'application/json').expect(202);
        const bad = await app.as('ada').post(url).set('Content-Type', 'text/plain').send('x').expect(415);
        assert.equal(bad.body.code, 1002);
      }
    });

    it('edits the words first where new ones are given', async () => {
      await post(imageOf(), { prompt: 'a pier at dusk' }).expect(202);
      await post(videoOf(), { prompt: 'the pier sways' }).expect(202);
      await post(sheetOf(), { description: 'a black cat' }).expect(202);
      const { scenes, characterSheets } = await get();
      assert.deepEqual([scenes[0].imagePrompt, scenes[0].videoPrompt], ['a pier at dusk', 'the pier sways']);
      assert.equal(characterSheets[0].description, 'a black cat');
      assert.equal(await states(), 'stale stale stale/stale stale/stale');
    });

    it('makes one task of one key and leaves nothing behind when it is refused', async () => {
      const keyed = () => post(imageOf(), { prompt: 'a pier' }).set('Idempotency-Key', `redraw-${own.id}`);
      const [one, two] = [await keyed().expect(202), await keyed().expect(202)];
      assert.equal(one.body.data.id, two.body.data.id);
      assert.equal((await tasks()).length, 1);
      const bad = await post(imageOf(), { prompt: '' }).expect(400);
      assert.equal(bad.body.errors[0].pointer, '/body/prompt');
      await app.db('scenes').where({ id: scene }).update({ image_url: null });
      const bare = await post(videoOf(), { prompt: 'never kept' }).expect(409);
      assert.equal(bare.body.code, 4002);
      await setStatus('generating');
      for (const url of [imageOf(), videoOf(), sheetOf()]) await post(url).expect(409);
      assert.equal((await tasks()).length, 1);
      assert.equal((await get()).scenes[0].videoPrompt, own.scenes[0]?.videoPrompt);
    });

    it('hides everything from a stranger', async () => {
      for (const url of [imageOf(), videoOf(), sheetOf()]) {
        const foreign = await post(url, {}, 'bob').expect(404);
        const missing = await post(url.replace(own.id, missingId), {}, 'bob').expect(404);
        assert.deepEqual({ ...foreign.body, requestId: '' }, { ...missing.body, requestId: '' });
      }
      await post(`${base}/scenes/${missingId}/image`).expect(404);
      await post(`${base}/character-sheets/${missingId}/image`).expect(404);
    });
  });
});
