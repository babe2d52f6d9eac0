import assert from 'node:assert/strict';
import sharp from 'sharp';
import supertest from 'supertest';
import { makeAdmins } from '../../src/db/users.ts';
import { createApp } from '../../src/http/app.ts';
import { password, useApp } from '../http/testApp.ts';
import { openStream } from '../realtime/streamClient.ts';
import { eventually } from '../support/eventually.ts';
import { localPart, photo } from './fixtures.ts';

describe('users', () => {
  const app = useApp({ users: ['ada', 'bob', 'cai', 'dan', 'eve'] });
  const me = '/api/v1/auth/me';
  const avatarOf = async (name: string): Promise<string | null> =>
    (await app.as(name).get(me).expect(200)).body.data.avatar;
  const putAvatar = (name: string, bytes: Buffer, contentType = 'image/jpeg') =>
    app.as(name).put('/api/v1/users/me/avatar').attach('file', bytes, { filename: 'me.jpg', contentType });
  const storedOf = (name: string) => app.db('media_files').where({ user_id: app.sessionOf(name).userId });

  describe('updateCurrentUser', () => {
    const rename = (name: string, body: object) => app.as(name).patch('/api/v1/users/me').send(body);

    it('gives another username, kept in one form of Unicode', async () => {
      const { body } = await rename('ada', { username: 'Ada Lovelace\u0301  ' }).expect(200);
      assert.equal(body.data.username, 'Ada Lovelacé');
      assert.deepEqual((await app.as('ada').get(me).expect(200)).body.data, body.data);
      for (const username of ['\u0958'.repeat(25), '😀'.repeat(50)]) {
        const { body: renamed } = await rename('ada', { username }).expect(200);
        assert.equal(renamed.data.username, username.normalize('NFC'));
      }
    });

    it('refuses a taken username and what is none', async () => {
      const { body } = await rename('ada', { username: 'bob' }).expect(409);
      assert.deepEqual([body.code, body.errors[0].pointer], [4000, '/body/username']);
      for (const username of ['', ' x', 'x'.repeat(51), '\u0958'.repeat(50), 'a\u0007', 7, null]) {
        const { body: bad } = await rename('ada', { username }).expect(400);
        assert.equal(bad.errors[0].pointer, '/body/username');
      }
      for (const field of ['email', 'isAdmin', 'avatar'])
        await rename('ada', { username: 'x', [field]: 'y' }).expect(400);
      assert.equal((await app.as('bob').get(me).expect(200)).body.data.username, 'bob');
    });
  });

  describe('setAvatar', () => {
    it('keeps a square of the picture, shown by a signed URL, and lets go of the one before', async () => {
      assert.equal(await avatarOf('bob'), null);
      const { body } = await putAvatar('bob', await photo()).expect(200);
      const { body: bytes } = await app.anyone().get(localPart(body.data.avatar)).expect(200);
      const { format, width, height, exif } = await sharp(bytes).metadata();
      assert.deepEqual([format, width, height, exif], ['webp', 512, 512, undefined]);
      const [first] = await storedOf('bob');
      await putAvatar('bob', await photo()).expect(200);
      const [second, ...others] = await storedOf('bob');
      assert.deepEqual([others, second.id === first.id], [[], false]);
      assert.equal(await app.services.store.stat(first.storage_path), undefined);
      await app.anyone().get(localPart(body.data.avatar)).expect(404);
      await app.as('bob').delete(`/api/v1/media/${second.id}`).expect(200);
      assert.equal(await avatarOf('bob'), null);
    });

    it('refuses what is no picture and keeps the avatar', async () => {
      await putAvatar('bob', await photo()).expect(200);
      const before = await storedOf('bob');
      await putAvatar('bob', Buffer.from('no picture')).expect(400);
      await putAvatar('bob', await photo(), 'image/png').expect(415);
      await app.as('bob').put('/api/v1/users/me/avatar').field('file', 'x').expect(400);
      assert.deepEqual(await storedOf('bob'), before);
    });
  });

  describe('deleteAvatar', () => {
    it('shows no picture any more and deletes it, as often as asked', async () => {
      await putAvatar('cai', await photo()).expect(200);
      await app.as('cai').delete('/api/v1/users/me/avatar').expect(200);
      const { body } = await app.as('cai').delete('/api/v1/users/me/avatar').expect(200);
      assert.equal(body.data.avatar, null);
      assert.deepEqual(await storedOf('cai'), []);
      assert.deepEqual(await app.db('object_removals'), []);
    });
  });

  describe('changePassword', () => {
    const change = (name: string, body: object) => app.as(name).post('/api/v1/users/me/password').send(body);
    const login = (name: string, secret: string) =>
      app
        .anyone()
        .post('/api/v1/auth/login')
        .type('form')
        .send({ username: `${name}@example.com`, password: secret });
    const newPassword = 'a lantern by the sea';

    it('ends every session and its streams, on every node, and opens a new one', async () => {
      const other = createApp(app.services);
      await other.warmUp();
      const askOther = () => supertest(other.express).get(me).set('Authorization', `Bearer ${old.token}`);
      const old = app.sessionOf('dan');
      const { body: second } = await login('dan', password).expect(200);
      await askOther().expect(200);
      const { body: ticket } = await app.as('dan').post('/api/v1/auth/stream-tickets').expect(201);
      const stream = await openStream(`${app.url}/api/v1/events?ticket=${ticket.data.ticket}`);
      const { body } = await change('dan', { currentPassword: password, newPassword }).expect(200);
      await stream.ended;
      await app.as('dan').get(me).expect(401);
      await eventually('the other node knows', async () => (await askOther()).status === 401, 2000);
      for (const { refreshToken } of [old, second.data]) {
        await app.anyone().post('/api/v1/auth/refresh').send({ refreshToken }).expect(401);
      }
      await app.anyone().get(me).set('Authorization', `Bearer ${body.data.token}`).expect(200);
      await app.anyone().post('/api/v1/auth/refresh').send({ refreshToken: body.data.refreshToken }).expect(200);
      await login('dan', password).expect(401);
      await login('dan', newPassword).expect(200);
    });

    it('wants the present password, and another, better one', async () => {
      const { body } = await change('eve', { currentPassword: 'not mine at all', newPassword }).expect(401);
      assert.equal(body.code, 2000);
      const bad: [object, string][] = [
        [{ currentPassword: password, newPassword: 'password1' }, 'newPassword'],
        [{ currentPassword: password, newPassword: password }, 'newPassword'],
        [{ currentPassword: password, newPassword: 'short' }, 'newPassword'],
        [{ newPassword }, 'currentPassword'],
      ];
      for (const [fields, field] of bad) {
        const { body: fault } = await change('eve', fields).expect(400);
        assert.equal(fault.errors[0].pointer, `/body/${field}`);
      }
      await app.as('eve').get(me).expect(200);
      await login('eve', password).expect(200);
    });

    it('counts guesses like failed logins', async () => {
      const guess = () => change('eve', { currentPassword: 'a guess at it', newPassword });
      for (let tries = 0; tries < 12 && (await guess()).status !== 429; tries += 1) assert.ok(tries < 11);
      const { body } = await guess().expect(429);
      assert.equal(body.code, 5000);
    });
  });

  it('administrators are made of e-mails, and stay so', async () => {
    const isAdmin = async (name: string) =>
      (
        await app
          .db('users')
          .where({ id: app.sessionOf(name).userId })
          .first('is_admin')
      ).is_admin;
    const unregistered = await makeAdmins(app.db, ['cai@example.com', 'nobody@example.com']);
    assert.deepEqual(unregistered, ['nobody@example.com']);
    assert.deepEqual([await isAdmin('cai'), await isAdmin('bob')], [true, false]);
    await makeAdmins(app.db, []);
    assert.equal(await isAdmin('cai'), true);
  });
});
