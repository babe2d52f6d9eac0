import assert from 'node:assert/strict';
import { rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { newId } from '../../src/db/ids.ts';
import { insertMedia } from '../../src/db/media.ts';
import { mediaKey } from '../../src/storage/keys.ts';
import { openStore } from '../../src/storage/store.ts';
import { useApp } from '../http/testApp.ts';
import { makeClip } from '../media/support.ts';
import { eventually } from '../support/eventually.ts';
import { addMediaRow, addPicture, addScreenplay, localPart } from './fixtures.ts';
import { addTake } from './takeFixtures.ts';

describe('media files', () => {
  const lines: string[] = [];
  const app = useApp({ users: ['ada', 'bob'], onLog: (line) => void lines.push(line) });
  let id: string;
  let content: string;
  let signed: { url: string; thumbnailUrl: string };
  let bytes: Buffer;

  before(async () => {
    id = await addPicture(app, 'ada');
    content = `/api/v1/media/${id}/content`;
    const { body } = await app.as('ada').get(`/api/v1/media/${id}`).expect(200);
    signed = { url: localPart(body.data.url), thumbnailUrl: localPart(body.data.thumbnailUrl) };
    bytes = (await app.as('ada').get(content).expect(200)).body;
  });

  /** What the log says of a file that was not sent to its end. */
  const unsent = async (mediaId: string) => {
    const found = () => lines.find((line) => line.includes('not sent to its end') && line.includes(mediaId));
    const { level, err } = JSON.parse(await eventually('the log tells of it', found));
    return { level, why: err.message };
  };

  describe('getMediaContent', () => {
    it('gives the whole file, never to be taken for something else', async () => {
      const { headers } = await app.as('ada').get(content).expect(200);
      assert.equal(headers['content-type'], 'image/jpeg');
      assert.equal(Number(headers['content-length']), bytes.length);
      assert.equal(headers['accept-ranges'], 'bytes');
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.match(headers['content-security-policy'] ?? '', /sandbox/);
      assert.match(headers['content-disposition'] ?? '', /^inline; filename="photo.jpg"/);
      const saved = await app.as('ada').get(`${content}?download=true`).expect(200);
      assert.match(saved.headers['content-disposition'] ?? '', /^attachment; filename="photo.jpg"/);
    });

    it('saves a film under its title, whatever its letters, and other files that were made under their id', async () => {
      const { userId } = app.sessionOf('ada');
      const { id: subjectId } = await addScreenplay(app.db, userId);
      await app.db('screenplays').where({ id: subjectId }).update({ title: '看海的小猫' });
      const film = await addTake(app.db, userId, { kind: 'film', subjectId, inputHash: 'x' });
      const clip = await addTake(app.db, userId, { kind: 'clip', subjectId, inputHash: 'x' });
      const named = async ({ mediaId }: { mediaId: string }) =>
        (await app.as('ada').head(`/api/v1/media/${mediaId}/content?download=true`).expect(200)).headers[
          'content-disposition'
        ];
      const title = encodeURIComponent('看海的小猫');
      assert.equal(await named(film), `attachment; filename="film.mp4"; filename*=UTF-8''${title}.mp4`);
      assert.match((await named(clip)) ?? '', new RegExp(`filename="${clip.mediaId}.mp4"`));
    });

    it('gives parts', async () => {
      const part = (range: string) => app.as('ada').get(content).set('Range', range);
      const cases: [string, number, number][] = [
        ['bytes=0-9', 0, 10],
        ['bytes=10-', 10, bytes.length],
        ['bytes=-5', bytes.length - 5, bytes.length],
        [`bytes=0-${bytes.length * 2}`, 0, bytes.length],
      ];
      for (const [range, start, end] of cases) {
        const { body, headers } = await part(range).expect(206);
        assert.ok(bytes.subarray(start, end).equals(body));
        assert.equal(headers['content-range'], `bytes ${start}-${end - 1}/${bytes.length}`);
      }
      const outside = await part(`bytes=${bytes.length}-`).expect(416);
      assert.equal(outside.headers['content-range'], `bytes */${bytes.length}`);
      for (const range of ['bytes=0-1,4-5', 'pages=1-2', 'bytes=9-2', 'bytes=x']) await part(range).expect(200);
    });

    it('sends clients to the bucket where they reach it by themselves, and answers HEAD and for subtitles itself', async () => {
      const { services } = app;
      const { store } = services;
      const subtitles = await addSubtitles();
      const away = { endpoint: 'http://127.0.0.1:1', publicEndpoint: 'https://files.example.com', pathStyle: true };
      const credentials = { accessKeyId: 'films', secretAccessKey: 'films-secret' };
      services.store = await openStore({ kind: 's3', bucket: 'films', region: 'eu-west-1', ...away, credentials });
      try {
        const { headers } = await app.as('ada').get(`${content}?download=true`).set('Range', 'bytes=0-9').expect(307);
        const there = new URL(headers.location ?? '');
        assert.equal(there.origin, 'https://files.example.com');
        assert.match(there.searchParams.get('response-content-disposition') ?? '', /^attachment; filename="photo.jpg"/);
        assert.equal(headers['cache-control'], 'no-store');
        await app.as('ada').head(content).expect(200);
        await app.as('ada').get(content).set('Range', `bytes=${bytes.length}-`).expect(416);
        await app.as('bob').get(content).expect(404);
        services.store = { ...services.store, read: store.read };
        const { headers: small } = await app.as('ada').get(`/api/v1/media/${subtitles}/content`).expect(200);
        assert.equal(small['content-length'], '10');
      } finally {
        services.store = store;
      }
    });

    it('answers HEAD with the headers alone', async () => {
      const { headers, body } = await app.as('ada').head(content).expect(200);
      assert.equal(Number(headers['content-length']), bytes.length);
      assert.deepEqual(body, {});
      const part = await app.as('ada').head(content).set('Range', 'bytes=0-9').expect(206);
      assert.equal(part.headers['content-length'], '10');
    });

    it('sends nothing twice', async () => {
      const { headers } = await app.as('ada').get(content).expect(200);
      await app
        .as('ada')
        .get(content)
        .set('If-None-Match', headers.etag ?? '')
        .expect(304);
      await app.as('ada').get(content).set('If-None-Match', '"other"').expect(200);
      const ranged = (etag: string) => app.as('ada').get(content).set('Range', 'bytes=0-9').set('If-Range', etag);
      await ranged(headers.etag ?? '').expect(206);
      await ranged('"other"').expect(200);
    });

    it('is for its owner, or for whoever holds a signature of exactly this file', async () => {
      await app.as('bob').get(content).expect(404);
      await app.anyone().get(content).expect(401);
      await app.anyone().get(signed.url).expect(200);
      await app.anyone().head(signed.url).expect(200);
      const other = await addPicture(app, 'ada');
      const forged = [
        signed.url.replace(id, other),
        signed.url.replace(/expires=(\d+)/, (_, at) => `expires=${Number(at) + 300}`),
        `${signed.url}&download=true`,
        signed.url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
        signed.url.replace('/content', '/thumbnail'),
        signed.url.replace(/expires=\d+/, 'expires=1'),
      ];
      for (const url of forged) {
        const { body } = await app.anyone().get(url).expect(403);
        assert.equal(body.code, 2003);
      }
    });

    it('breaks off where the store has fewer bytes than it was given, and keeps nobody waiting for the rest', async () => {
      const short = await addPicture(app, 'ada');
      const path = `/api/v1/media/${short}/content`;
      await app
        .db('media_files')
        .where({ id: short })
        .update({ size: app.db.raw('size + 1000') });
      const headers = { Authorization: `Bearer ${app.sessionOf('ada').token}` };
      const answer = await fetch(`http://127.0.0.1:${app.port}${path}`, {
        headers,
        signal: AbortSignal.timeout(2_000),
      });
      await assert.rejects(answer.arrayBuffer(), { message: 'terminated' });
      assert.deepEqual(await unsent(short), { level: 50, why: '1000 bytes of a file are missing' });
    });

    it('takes a client that leaves before the end for nobody’s fault', async () => {
      const large = await addPicture(app, 'ada');
      const row = await app.db('media_files').where({ id: large }).first('storage_path');
      const size = 64 * 1024 * 1024;
      await truncate(join(app.dir, 'media', row.storage_path), size);
      await app.db('media_files').where({ id: large }).update({ size });
      const headers = { Authorization: `Bearer ${app.sessionOf('ada').token}` };
      const answer = await fetch(`http://127.0.0.1:${app.port}/api/v1/media/${large}/content`, { headers });
      await answer.body?.cancel();
      assert.equal((await unsent(large)).level, 20);
    });

    it('answers 406 where the client wants something else', async () => {
      const { body } = await app.as('ada').get(content).set('Accept', 'video/mp4').expect(406);
      assert.equal(body.code, 1002);
      await app.as('ada').get(content).set('Accept', 'image/*').expect(200);
    });
  });

  describe('getMediaThumbnail', () => {
    const thumbnail = (query: string, accept = 'image/webp') =>
      app.as('ada').get(`/api/v1/media/${id}/thumbnail${query}`).set('Accept', accept);

    it('is a small WebP, or JPEG for those who do not know WebP', async () => {
      const small = await thumbnail('?width=64').expect(200);
      assert.equal(small.headers['content-type'], 'image/webp');
      assert.deepEqual(await sizeOf(small.body), ['webp', 64, 96]);
      const whole = await thumbnail('').expect(200);
      assert.deepEqual(await sizeOf(whole.body), ['webp', 200, 300]);
      const jpeg = await thumbnail('?width=64', 'image/jpeg').expect(200);
      assert.deepEqual(await sizeOf(jpeg.body), ['jpeg', 64, 96]);
      await thumbnail('?width=10').expect(400);
      await thumbnail('?width=9999').expect(400);
      await thumbnail('', 'text/html').expect(406);
    });

    it('is open to its owner and its signature, and cached by its tag', async () => {
      const { headers } = await app.anyone().get(signed.thumbnailUrl).expect(200);
      await app
        .anyone()
        .get(signed.thumbnailUrl)
        .set('If-None-Match', headers.etag ?? '')
        .expect(304);
      await app.as('bob').get(`/api/v1/media/${id}/thumbnail`).expect(404);
      await app.anyone().get(`/api/v1/media/${id}/thumbnail`).expect(401);
    });

    it('shows a frame of a clip, and nothing of subtitles', async () => {
      const clip = await addClip();
      const { body } = await app.as('ada').get(`/api/v1/media/${clip}/thumbnail?width=160`).expect(200);
      assert.deepEqual(await sizeOf(body), ['webp', 160, 90]);
      const subtitle = await addMediaRow(app.db, app.sessionOf('ada').userId, 'subtitle');
      await app.as('ada').get(`/api/v1/media/${subtitle}/thumbnail`).expect(404);
    });
  });

  async function addSubtitles(): Promise<string> {
    const mediaId = await addMediaRow(app.db, app.sessionOf('ada').userId, 'subtitle');
    const { storage_path: key } = await app.db('media_files').where({ id: mediaId }).first('storage_path');
    const file = join(app.dir, 'film.srt');
    await writeFile(file, '1\nThe sea\n');
    await app.services.store.put(key, file, 'application/x-subrip');
    return mediaId;
  }

  async function addClip(): Promise<string> {
    const { userId } = app.sessionOf('ada');
    const mediaId = newId();
    const file = await makeClip(join(app.dir, 'clip.mp4'));
    const storagePath = mediaKey({ userId, mediaId, extension: 'mp4' });
    const { sizeBytes: size } = await app.services.store.put(storagePath, file, 'video/mp4');
    await rm(file);
    const facts = { type: 'video', mimeType: 'video/mp4', width: 320, height: 180, duration: 1 } as const;
    const rest = { taskId: null, originalFilename: null, storagePath, size, sha256: Buffer.alloc(32, 1) };
    await insertMedia(app.db, { id: mediaId, userId, ...facts, ...rest });
    return mediaId;
  }
});

async function sizeOf(picture: Buffer) {
  const { format, width, height } = await sharp(picture).metadata();
  return [format, width, height];
}
