import assert from 'node:assert/strict';
import type { Screenplay } from '../../src/db/screenplays.ts';
import { useApp } from '../http/testApp.ts';
import { addScreenplay, missingId } from './fixtures.ts';
import { addFile, addTake, drawEverything } from './takeFixtures.ts';

describe('takes of a character', () => {
  const app = useApp({ users: ['ada', 'bob'] });
  let own: Screenplay;
  let base: string;
  let sheet: string;
  beforeEach(async () => {
    own = await addScreenplay(app.db, app.sessionOf('ada').userId);
    base = `/api/v1/screenplays/${own.id}`;
    sheet = own.characterSheets[0]?.id ?? '';
    await drawEverything(app.db, own);
  });
  const list = (name = 'ada') => app.as(name).get(`${base}/character-sheets/${sheet}/takes`);
  const select = (takeId: string, name = 'ada') =>
    app.as(name).post(`${base}/character-sheets/${sheet}/takes/${takeId}/select`);
  const get = async () => (await app.as('ada').get(base).expect(200)).body.data;
  const states = async () => {
    const { characterSheets, scenes } = await get();
    const shown = scenes.map(({ imageState, videoState }: Record<string, string>) => `${imageState}/${videoState}`);
    return [characterSheets[0].state, ...shown].join(' ');
  };
  /** Drawn of another description, with a file of its own for each view. */
  const older = async () => {
    const views = ['combined', 'front', 'side', 'back'];
    const files = await Promise.all(views.map(async (view) => [view, await addFile(app.db, own.userId, 'image')]));
    const parts: Record<string, string> = Object.fromEntries(files);
    const given = { kind: 'character_sheet', subjectId: sheet, inputHash: 'made from other words', parts } as const;
    const drawn = await addTake(app.db, own.userId, given);
    await app
      .db('media_files')
      .whereIn('id', Object.values(parts))
      .update({ sha256: Buffer.alloc(32, 3) });
    return { ...drawn, parts };
  };

  describe('listCharacterSheetTakes', () => {
    it('lists every sheet, the newest first, with its views and which is shown', async () => {
      const { takeId, parts } = await older();
      const { body } = await list().expect(200);
      const [newest, shown] = body.data.items;
      assert.deepEqual([body.data.total, newest.id, newest.selected, shown.selected], [2, takeId, false, true]);
      assert.ok(newest.sideViewUrl.includes(parts.side));
      assert.equal(shown.sideViewUrl, null);
      assert.equal(newest.costMicros, 134_000);
    });

    it('shows a stranger nothing', async () => {
      await list('bob').expect(404);
      await app.as('ada').get(`${base}/character-sheets/${missingId}/takes`).expect(404);
    });
  });

  describe('selectCharacterSheetTake', () => {
    it('shows the take with its views and keeps it current until the character is edited; what it is in follows it', async () => {
      const { takeId, parts } = await older();
      await app.db('scenes').where({ screenplay_id: own.id }).update({ image_picked: true });
      const { body } = await select(takeId).expect(200);
      const { combinedViewUrl, frontViewUrl, sideViewUrl, backViewUrl, state } = body.data;
      for (const [url, id] of [
        [combinedViewUrl, parts.combined],
        [frontViewUrl, parts.front],
        [sideViewUrl, parts.side],
        [backViewUrl, parts.back],
      ])
        assert.ok(url.includes(id));
      assert.equal(state, 'current');
      assert.equal(await states(), 'current stale/stale stale/stale');
      const { status } = await get();
      assert.equal(status, 'confirmed');
      await app.as('ada').patch(`${base}/character-sheets/${sheet}`).send({ description: 'a grey cat' }).expect(200);
      assert.equal(await states(), 'stale stale/stale stale/stale');
    });

    it('is no choice of a sheet that has no views, of a scene, of a stranger, or while a film is made', async () => {
      const [shown] = (await list().expect(200)).body.data.items;
      assert.equal((await select(shown.id).expect(409)).body.code, 4002);
      const [drawn] = await app.db('takes').where({ subject_id: own.scenes[0]?.id }).select('id');
      await select(drawn.id).expect(404);
      await select(missingId).expect(404);
      const { takeId } = await older();
      await select(takeId, 'bob').expect(404);
      await app.db('screenplays').where({ id: own.id }).update({ status: 'generating' });
      assert.equal((await select(takeId).expect(409)).body.code, 4002);
    });
  });
});
