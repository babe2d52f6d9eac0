import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { newId } from '../../src/db/ids.ts';
import { useApp } from '../http/testApp.ts';
import { eventually } from '../support/eventually.ts';
import { addMediaRow, addPicture, addScreenplay, localPart, missingId, photo, upload } from './fixtures.ts';
import { addFile, addTake } from './takeFixtures.ts';

describe('media', () => {
  const app = useApp({ users: ['ada', 'bob', 'cai'] });
  const temporaryFiles = async () => (await readdir(join(app.dir, 'tmp'), { recursive: true })).length;

  describe('an upload that is refused', () => {
    const small = useApp({ users: ['ada'], config: { maxMediaBytesPerUser: 10 } });

    it('leaves no bytes, and says why it was refused even where they cannot be removed now', async () => {
      const files = async () =>
        (await readdir(join(small.dir, 'media'), { recursive: true })).filter((name) => name.endsWith('.jpg'));
      const removals = () => small.db('object_removals').select('storage_path');
      assert.equal((await upload(small.as('ada'), await photo(), 'a.jpg').expect(409)).body.code, 5002);
      assert.deepEqual([await files(), await removals()], [[], []]);
      const { removeFile } = small.services;
      small.services.removeFile = async () => Promise.reject(new Error('the bucket is away'));
      const { body } = await upload(small.as('ada'), await photo(), 'a.jpg').expect(409);
      small.services.removeFile = removeFile;
      assert.equal(body.code, 5002);
      const left = await removals();
      assert.deepEqual([left.length, (await files()).length], [1, 1]);
    });
  });

  describe('uploadMedia', () => {
    it('keeps a photograph upright and without its EXIF', async () => {
      const original = await photo();
      assert.ok(original.includes('SECRET-ARTIST'));
      const answer = await upload(app.as('ada'), original, '海边 "photo".jpg').expect(201);
      const { id, type, width, height, mimeType, originalFilename, url } = answer.body.data;
      assert.deepEqual([type, width, height, mimeType], ['image', 200, 300, 'image/jpeg']);
      assert.equal(originalFilename, '海边 "photo".jpg');
      assert.equal(answer.headers.location, `/api/v1/media/${id}`);
      const { body } = await app.anyone().get(localPart(url)).expect(200);
      assert.equal(body.includes('SECRET-ARTIST'), false);
      const metadata = await sharp(body).metadata();
      assert.deepEqual([metadata.width, metadata.exif, metadata.orientation], [200, undefined, undefined]);
      assert.equal(await temporaryFiles(), 0);
    });

    it('keeps transparency', async () => {
      const png = sharp({
        create: { width: 40, height: 30, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0.3 } },
      });
      const { body } = await upload(app.as('ada'), await png.png().toBuffer(), 'a.png', 'image/png').expect(201);
      assert.equal(body.data.mimeType, 'image/png');
    });

    it('takes what phones of 48 megapixels take', async () => {
      const { data } = await sharp({ create: { width: 8064, height: 6048, channels: 3, background: '#3a6ea5' } })
        .jpeg()
        .toBuffer({ resolveWithObject: true });
      const { body } = await upload(app.as('ada'), data, 'IMG_0001.jpg').expect(201);
      assert.deepEqual([body.data.width, body.data.height], [4096, 3072]);
    });

    it('takes no path from a file name', async () => {
      const { body } = await upload(app.as('ada'), await photo(), '../../etc/passwd').expect(201);
      assert.equal(body.data.originalFilename, 'passwd');
    });

    it('needs one file in the field it is expected in', async () => {
      const post = () => app.as('ada').post('/api/v1/media');
      const other = await post()
        .attach('picture', await photo(), 'a.jpg')
        .expect(400);
      assert.equal(other.body.errors[0].pointer, '/body/picture');
      const text = await post().field('file', 'not a file').expect(400);
      assert.equal(text.body.code, 1000);
      const none = await post().set('Content-Type', 'multipart/form-data; boundary=x').send('--x--\r\n').expect(400);
      assert.equal(none.body.errors[0].pointer, '/body/file');
      await post()
        .attach('file', await photo(), 'a.jpg')
        .attach('file', await photo(), 'b.jpg')
        .expect(400);
      await post().set('Content-Type', 'multipart/form-data').send('no boundary').expect(400);
      await post().send({ file: 'x' }).expect(415);
      assert.equal(await temporaryFiles(), 0);
    });
  });

  describe('getMedia', () => {
    it('shows one’s own and hides it from everyone else', async () => {
      const id = await addPicture(app, 'ada');
      const { body } = await app.as('ada').get(`/api/v1/media/${id}`).expect(200);
      assert.ok(body.data.url.startsWith(`${app.url}/api/v1/media/${id}/content?expires=`));
      const foreign = await app.as('bob').get(`/api/v1/media/${id}`).expect(404);
      const missing = await app.as('bob').get(`/api/v1/media/${missingId}`).expect(404);
      assert.deepEqual({ ...foreign.body, requestId: '' }, { ...missing.body, requestId: '' });
      await app.as('ada').get('/api/v1/media/1').expect(400);
      await app.anyone().get(`/api/v1/media/${id}`).expect(401);
    });
  });

  describe('listMedia', () => {
    it('lists one’s own, of one type where asked', async () => {
      const picture = await addPicture(app, 'cai');
      const video = await addMediaRow(app.db, app.sessionOf('cai').userId, 'video');
      const { body } = await app.as('cai').get('/api/v1/media').expect(200);
      assert.deepEqual(
        body.data.items.map(({ id }: { id: string }) => id),
        [video, picture],
      );
      const pictures = await app.as('cai').get('/api/v1/media?type=image').expect(200);
      assert.deepEqual([pictures.body.data.total, pictures.body.data.items[0].id], [1, picture]);
      await app.as('cai').get('/api/v1/media?type=book').expect(400);
    });
  });

  describe('deleteMedia', () => {
    it('deletes row, bytes and thumbnail; no address of it works any more', async () => {
      const id = await addPicture(app, 'ada');
      const { body } = await app.as('ada').get(`/api/v1/media/${id}`).expect(200);
      await app.anyone().get(localPart(body.data.thumbnailUrl)).expect(200);
      const row = await app.db('media_files').where({ id }).first();
      await app.as('bob').delete(`/api/v1/media/${id}`).expect(404);
      await app.as('ada').delete(`/api/v1/media/${id}`).expect(200, { code: 200, message: 'Deleted' });
      assert.equal(await app.services.store.stat(row.storage_path), undefined);
      assert.deepEqual(
        (await readdir(join(app.dir, 'media'), { recursive: true })).filter((name) => name.includes(id)),
        [],
      );
      await app.anyone().get(localPart(body.data.url)).expect(404);
      await app.as('ada').delete(`/api/v1/media/${id}`).expect(404);
    });

    it('waits for an order that is being taken, and keeps what that names', async () => {
      const { userId } = app.sessionOf('ada');
      const id = await addPicture(app, 'ada');
      const order = await app.db.transaction();
      await order('users').where({ id: userId }).forNoKeyUpdate().first('id');
      const deletion = app
        .as('ada')
        .delete(`/api/v1/media/${id}`)
        .then(({ status }) => status);
      await eventually('the deletion waits', () => app.db('pg_locks').where({ granted: false }).first(), 5_000);
      const params = { prompt: 'x', references: [id], size: '1024x1024' };
      await order('tasks').insert({ id: newId(), user_id: userId, type: 'image', params });
      await order.commit();
      assert.equal(await deletion, 409);
    });

    it('keeps what a scene shows', async () => {
      const id = await addPicture(app, 'ada');
      const { scenes } = await addScreenplay(app.db, app.sessionOf('ada').userId);
      await app
        .db('scenes')
        .where({ id: scenes[0]?.id })
        .update({ image_url: `/api/v1/media/${id}/content` });
      const { body } = await app.as('ada').delete(`/api/v1/media/${id}`).expect(409);
      assert.equal(body.code, 4002);
    });

    it('keeps what a screenplay refers to after its film is done: the next one is drawn from it too', async () => {
      const { userId } = app.sessionOf('ada');
      for (const status of ['draft', 'confirmed', 'generating', 'completed', 'failed']) {
        const id = await addPicture(app, 'ada');
        const screenplay = await addScreenplay(app.db, userId);
        await app
          .db('screenplays')
          .where({ id: screenplay.id })
          .update({ status, reference_media_ids: [id] });
        await app.as('ada').delete(`/api/v1/media/${id}`).expect(409);
      }
    });

    it('keeps the latest film of a screenplay with its poster and subtitles, and no earlier one', async () => {
      const { userId } = app.sessionOf('ada');
      const { id: subjectId } = await addScreenplay(app.db, userId, 'completed');
      const addFilm = async () => {
        const names = ['poster', 'srt', 'vtt'];
        const ids = await Promise.all(names.map(() => addFile(app.db, userId, 'subtitle')));
        const parts = Object.fromEntries(names.map((name, index) => [name, ids[index] ?? '']));
        const { mediaId } = await addTake(app.db, userId, { kind: 'film', subjectId, inputHash: 'x', parts });
        return [mediaId, ...ids];
      };
      const [earlier, latest] = [await addFilm(), await addFilm()];
      for (const id of latest) await app.as('ada').delete(`/api/v1/media/${id}`).expect(409);
      for (const id of earlier) await app.as('ada').delete(`/api/v1/media/${id}`).expect(200);
      const { body } = await app.as('ada').get(`/api/v1/screenplays/${subjectId}`).expect(200);
      assert.equal(body.data.film.mediaId, latest[0]);
    });

    it('lets go what a task made for itself; the task then tells an address that leads nowhere', async () => {
      const { userId } = app.sessionOf('ada');
      for (const [type, params] of [
        ['image', { prompt: 'x', references: [], size: '1024x1024' }],
        ['video', { prompt: 'x', references: [], seconds: 5 }],
      ] as const) {
        const task = newId();
        const { mediaId } = await addTake(app.db, userId, {
          ...{ kind: type === 'image' ? 'image' : 'clip', subjectId: null, inputHash: 'x' },
        });
        const done = { status: 'completed', progress: 100, result: { mediaId }, completed_at: new Date() };
        await app.db('tasks').insert({ id: task, user_id: userId, type, params, ...done });
        await app.as('ada').delete(`/api/v1/media/${mediaId}`).expect(200);
        const { body } = await app.as('ada').get(`/api/v1/tasks/${task}`).expect(200);
        assert.deepEqual([body.data.status, body.data.result.mediaId], ['completed', mediaId]);
        await app.anyone().get(localPart(body.data.result.url)).expect(404);
        assert.deepEqual(await app.db('takes').where({ media_id: mediaId }), []);
      }
    });
  });
});
