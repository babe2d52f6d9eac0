import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { Knex } from 'knex';
import sharp from 'sharp';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { type Data, join, type Person } from './client.ts';
import { type ProgramProcess, spawnProgram } from './programProcess.ts';

interface Scene extends Data {
  imageUrl: string;
  videoUrl: string;
}

describe('all four types of task, through the whole program', function () {
  this.timeout(90_000);
  const database = useDatabase();
  let db: Knex;
  let dataDir: string;
  let program: ProgramProcess;
  let ada: Person;
  let url: string;

  before(async () => {
    db = database.db;
    dataDir = await makeDataDir('tasks');
    program = spawnProgram({ DATA_DIR: dataDir, DATABASE_URL: database.url, RATE_LIMIT_PER_MINUTE: '100000' });
    url = await program.url();
    ada = await join(url, 'ada');
  });

  after(async () => {
    program.child.kill('SIGINT');
    await program.end();
    await rm(dataDir, { recursive: true, force: true });
  });

  const film = (task: Data) =>
    task.result as { usage: { calls: object }; mediaId: string; url: string; durationSeconds: number };
  const screenplayOf = async (id: unknown) =>
    (await ada.call('GET', `/screenplays/${id}`)).data as Data & { scenes: Scene[] };

  it('writes a screenplay, has it confirmed, and films it; an edit buys one picture and one clip, no edit buys nothing', async () => {
    const idea = {
      prompt: 'Two rival chefs on a storm-tossed airship',
      sceneCount: 2,
      characterCount: 2,
      sceneSeconds: 5,
      language: 'en',
    };
    const written = await ada.make({ type: 'screenplay', params: idea });
    const { screenplayId } = written.result as { screenplayId: string };
    const refused = await ada.call('POST', '/tasks', { type: 'film', params: { screenplayId } });
    assert.deepEqual([refused.status, refused.code], [409, 4002]);
    assert.equal((await ada.call('POST', `/screenplays/${screenplayId}/confirm`)).status, 200);

    const first = await ada.make({ type: 'film', params: { screenplayId } });
    assert.equal(first.status, 'completed', JSON.stringify(first));
    assert.deepEqual(film(first).usage.calls, { screenplay: 0, image: 4, video: 2 });
    assert.equal(film(first).durationSeconds, 10);

    const again = await ada.make({ type: 'film', params: { screenplayId } });
    assert.deepEqual(film(again).usage.calls, { screenplay: 0, image: 0, video: 0 });

    const [scene] = (await screenplayOf(screenplayId)).scenes;
    const words = {
      imagePrompt: 'anime style, manga art, 2D animation, cel shaded, a quiet kitchen at night, a candle',
    };
    assert.equal((await ada.call('PATCH', `/screenplays/${screenplayId}/scenes/${scene?.id}`, words)).status, 200);
    const edited = await ada.make({ type: 'film', params: { screenplayId } });
    assert.deepEqual(film(edited).usage.calls, { screenplay: 0, image: 1, video: 1 });
    const takes = await db('takes')
      .where({ subject_id: scene?.id, kind: 'image' })
      .select('references_sent', 'references_dropped');
    assert.equal(takes.length, 2);
    for (const take of takes) assert.deepEqual(take.references_dropped, []);

    const redrawn = await ada.make({ type: 'image', params: { sceneUuid: scene?.id } });
    assert.equal(redrawn.status, 'completed');
    const reshot = await ada.make({ type: 'video', params: { sceneUuid: scene?.id } });
    assert.equal(reshot.status, 'completed');
    const answer = await fetch(film(edited).url, { headers: { range: 'bytes=4-7' } });
    assert.deepEqual([answer.status, await answer.text()], [206, 'ftyp']);
  });

  it('draws a picture and shoots a clip from uploaded pictures, as references', async () => {
    const file = await sharp({ create: { width: 320, height: 200, channels: 3, background: '#3366aa' } })
      .jpeg()
      .toBuffer();
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(file)], { type: 'image/jpeg' }), 'sea.jpg');
    const upload = await ada.call('POST', '/media', form);
    assert.equal(upload.status, 201, JSON.stringify(upload));
    const order = { prompt: 'a lighthouse by the sea', size: '1024x1024', references: [upload.data.id] };
    const picture = await ada.make({ type: 'image', params: order });
    assert.equal(picture.status, 'completed', JSON.stringify(picture));
    const { mediaId } = picture.result as { mediaId: string };
    const clip = await ada.make({
      type: 'video',
      params: { prompt: 'slow pan', seconds: 5, firstFrame: mediaId, references: [] },
    });
    assert.equal(clip.status, 'completed', JSON.stringify(clip));
    const [take] = await db('takes').where({ media_id: mediaId });
    assert.deepEqual(take.references_sent, [upload.data.id]);
  });

  it('keeps a refused scene from taking the others with it, says what was refused, and films on after a retry', async () => {
    const params = {
      prompt: 'a robot in the desert',
      sceneCount: 2,
      characterCount: 0,
      sceneSeconds: 5,
      language: 'en',
    };
    const sandbox = await sandboxUrl();
    const faults = [{ path: 'images', nth: 1, fault: { refuse: true } }];
    await fetch(`${sandbox}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(faults) });
    const failed = await ada.make({ type: 'film', params });
    assert.equal(failed.status, 'failed');
    assert.match(String(failed.errorMessage), /refused/);
    const states = (failed.steps as Data[]).map(({ kind, status }) => `${kind} ${status}`);
    assert.ok(states.includes('shootSceneClip done') && states.includes('drawSceneImage failed'), states.join());
    await fetch(`${sandbox}/_sandbox/faults`, { method: 'DELETE' });
    assert.equal((await ada.call('POST', `/tasks/${failed.id}/retry`)).status, 202);
    const retried = await ada.ended(failed.id);
    assert.equal(retried.status, 'completed', JSON.stringify(retried));
    assert.deepEqual(film(retried).usage.calls, { screenplay: 1, image: 2, video: 2 });
  });

  async function sandboxUrl(): Promise<string> {
    const call = await db('provider_calls')
      .where({ purpose: 'image' })
      .whereNotNull('answer')
      .first<{ answer: { url: string } }>();
    return new URL(call.answer.url).origin;
  }
});
