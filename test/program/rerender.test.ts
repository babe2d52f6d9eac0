import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { type Data, join as joinAs, type Person } from './client.ts';
import { type ProgramProcess, spawnProgram } from './programProcess.ts';

interface Scene {
  id: string;
  imageState: string;
  videoState: string;
  narrationState: string;
  imageUrl: string;
  videoUrl: string;
  characterSheetIds: string[];
}

interface Shown {
  status: string;
  filmState: string;
  film: { mediaId: string };
  scenes: Scene[];
  characterSheets: { id: string; state: string }[];
}

describe('a film made again', function () {
  this.timeout(90_000);
  const database = useDatabase();
  let db: Knex;
  let dataDir: string;
  let program: ProgramProcess;
  let ada: Person;
  let screenplayId: string;

  before(async () => {
    db = database.db;
    dataDir = await makeDataDir('rerender');
    program = spawnProgram({ DATA_DIR: dataDir, DATABASE_URL: database.url, RATE_LIMIT_PER_MINUTE: '100000' });
    ada = await joinAs(await program.url(), 'ada');
    const params = { prompt: 'a lighthouse keeper and a gull', sceneCount: 2, characterCount: 1, sceneSeconds: 5 };
    const task = await ada.make({ type: 'film', params: { ...params, style: 'watercolour', language: 'en' } });
    assert.equal(task.status, 'completed', JSON.stringify(task));
    screenplayId = (task.result as { screenplayId: string }).screenplayId;
  });

  after(async () => {
    program.child.kill('SIGINT');
    await program.end();
    await rm(dataDir, { recursive: true, force: true });
  });

  const show = async () => (await ada.call('GET', `/screenplays/${screenplayId}`)).data as object as Shown;
  const call = async (method: string, rest: string, body?: object) => {
    const answer = await ada.call(method, `/screenplays/${screenplayId}${rest}`, body);
    assert.ok(answer.status < 300, JSON.stringify(answer));
    return answer.data;
  };
  /** Calls that went into the books since `before`: pictures and clips. */
  const paid = async () => {
    const rows = await db('provider_calls').whereNotNull('cost_micros').select<{ purpose: string }[]>('purpose');
    return [
      rows.filter(({ purpose }) => purpose === 'image').length,
      rows.filter(({ purpose }) => purpose === 'video').length,
    ];
  };
  /** Films anew and answers how many pictures and clips that took, by the ledger; afterwards all is current. */
  const film = async (): Promise<string> => {
    const [images = 0, clips = 0] = await paid();
    const before = await show();
    const task: Data = await ada.make({ type: 'film', params: { screenplayId } });
    assert.equal(task.status, 'completed', JSON.stringify(task));
    const after = await show();
    assert.notEqual(after.film.mediaId, before.film.mediaId);
    const states = after.scenes.flatMap(({ imageState, videoState, narrationState }) => [
      ...[imageState, videoState, narrationState],
    ]);
    assert.deepEqual(new Set([after.filmState, after.status, ...states]), new Set(['current', 'completed']));
    const [imagesNow = 0, clipsNow = 0] = await paid();
    return `${imagesNow - images} pictures, ${clipsNow - clips} clips`;
  };
  const redraw = async (rest: string, body: object = {}) => {
    const { id } = await call('POST', rest, body);
    const task = await ada.ended(id);
    assert.equal(task.status, 'completed', JSON.stringify(task));
  };
  const takesOf = async (sceneUuid: string | undefined, kind: string) => {
    const page = await call('GET', `/scenes/${sceneUuid}/takes?kind=${kind}`);
    return (page as object as { items: { id: string; mediaId: string; prompt: string; selected: boolean }[] }).items;
  };
  const mediaOf = (url = '') => url.split('/').at(-2);

  it('buys what an edit touches; words that are only read and another order cost nothing', async () => {
    const [first, second] = (await show()).scenes;
    await call('PATCH', `/scenes/${first?.id}`, { imagePrompt: 'the lighthouse in a storm' });
    await call('PATCH', `/scenes/${second?.id}`, { narration: 'The storm came at night.' });
    await call('PUT', '/scene-order', { sceneIds: [second?.id, first?.id] });
    const { status, filmState, scenes } = await show();
    assert.deepEqual([status, filmState], ['confirmed', 'stale']);
    assert.deepEqual(
      scenes.map(({ imageState, videoState }) => [imageState, videoState]),
      [
        ['current', 'current'],
        ['stale', 'stale'],
      ],
    );
    assert.equal(await film(), '1 pictures, 1 clips');
    const [picture] = await takesOf(first?.id, 'image');
    assert.match(picture?.prompt ?? '', /^anime style[^\n]*, watercolour, the lighthouse in a storm\n/);
  });

  it('knows the scene whose narration was cut to a sentence of it, and says the rest for nothing', async () => {
    const [scene] = (await show()).scenes;
    const say = (narration: string) => call('PATCH', `/scenes/${scene?.id}`, { narration });
    await say('The storm came at night. The lamp went out.');
    assert.equal(await film(), '0 pictures, 0 clips');
    await say('The storm came at night.');
    const said = async () => (await show()).scenes.map(({ narrationState }) => narrationState);
    assert.deepEqual(await said(), ['stale', 'current']);
    await say('The storm came at night. The lamp went out.');
    assert.deepEqual(await said(), ['current', 'current']);
  });

  it('films with the takes a person chose or asked for, and buys nothing for that', async () => {
    const [drawnAnew, chosen] = (await show()).scenes.map(({ id }) => id);
    const [, oldPicture] = await takesOf(chosen, 'image');
    await call('POST', `/scenes/${chosen}/takes/${oldPicture?.id}/select`);
    await redraw(`/scenes/${drawnAnew}/image`);
    await redraw(`/scenes/${drawnAnew}/video`);
    const [picture, ...others] = await takesOf(drawnAnew, 'image');
    assert.deepEqual([picture?.selected, others.length], [true, 1]);
    const [, oldClip] = await takesOf(drawnAnew, 'clip');
    await call('POST', `/scenes/${drawnAnew}/takes/${oldClip?.id}/select`);
    const states = (await show()).scenes.flatMap(({ imageState, videoState }) => [imageState, videoState]);
    assert.deepEqual(states, ['current', 'current', 'current', 'stale']);

    assert.equal(await film(), '0 pictures, 0 clips');
    const [one, two] = (await show()).scenes;
    assert.deepEqual([mediaOf(one?.imageUrl), mediaOf(one?.videoUrl)], [picture?.mediaId, oldClip?.mediaId]);
    const clips = await takesOf(chosen, 'clip');
    assert.deepEqual([mediaOf(two?.imageUrl), mediaOf(two?.videoUrl)], [oldPicture?.mediaId, clips[1]?.mediaId]);
  });

  it('has scenes follow a new sheet of their character, buys a scene that was added, and nothing for one deleted', async () => {
    const { scenes, characterSheets } = await show();
    const [sheet] = characterSheets;
    await redraw(`/character-sheets/${sheet?.id}/image`, { description: 'an old man in a yellow coat' });
    const words = { narration: 'A ship.', imagePrompt: 'a ship on the horizon', videoPrompt: 'slow zoom', position: 1 };
    await call('POST', '/scenes', words);
    await call('DELETE', `/scenes/${scenes[0]?.id}`);
    const follows = Number(scenes[1]?.characterSheetIds.includes(sheet?.id ?? ''));
    assert.equal((await show()).characterSheets[0]?.state, 'current');
    assert.equal(await film(), `${1 + follows} pictures, ${1 + follows} clips`);
  });

  it('films in an earlier shape again for nothing, as the estimate says, and so within a maxCost of nothing', async () => {
    const shaped = (aspectRatio: string, more = {}) => {
      return { type: 'film', params: { screenplayId, render: { aspectRatio }, ...more } };
    };
    const { scenes } = await show();
    const turned = await ada.make(shaped('9:16'));
    assert.equal(turned.status, 'completed', JSON.stringify(turned));
    const before = await paid();
    const { data } = await ada.call('POST', '/tasks/estimate', shaped('16:9'));
    assert.deepEqual([data.calls, data.costMicros], [0, 0]);
    const task = await ada.make(shaped('16:9', { maxCost: 0 }));
    assert.equal(task.status, 'completed', JSON.stringify(task));
    assert.deepEqual(await paid(), before);
    const pictures = (shown: Scene[]) => shown.map(({ imageUrl, videoUrl }) => [mediaOf(imageUrl), mediaOf(videoUrl)]);
    assert.deepEqual(pictures((await show()).scenes), pictures(scenes));
  });

  it('deletes every file of it with the screenplay', async () => {
    const { mediaId } = (await show()).film;
    await call('DELETE', '');
    assert.equal((await ada.call('GET', `/media/${mediaId}`)).status, 404);
    assert.deepEqual(await db('media_files').select('id'), []);
    const left = await readdir(join(dataDir, 'media'), { recursive: true, withFileTypes: true });
    assert.deepEqual(
      left.filter((entry) => entry.isFile()),
      [],
    );
  });
});
