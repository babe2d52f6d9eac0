import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../src/db/ids.ts';
import { insertMedia, sumMediaBytes } from '../../src/db/media.ts';
import { closeAccount } from '../../src/db/users.ts';
import { eraseAccount, eraseClosedAccounts } from '../../src/engine/eraseAccounts.ts';
import { removeDueFiles } from '../../src/engine/removals.ts';
import { password, useApp } from '../http/testApp.ts';
import { worldOf } from '../http/world.ts';
import { openStream } from '../realtime/streamClient.ts';
import { eventually } from '../support/eventually.ts';
import { localPart } from './fixtures.ts';

describe('deleteCurrentUser', () => {
  const app = useApp({
    users: ['ada', 'bob', 'cai', 'dan', 'eve', 'boss'],
    config: { adminEmails: ['boss@example.com'] },
  });
  const close = (name: string, secret = password) => app.as(name).delete('/api/v1/users/me').send({ password: secret });

  // Money spent stays known, by amounts only.
  const books = ['provider_calls', 'spending'];

  /** Names of tables that still hold something of a user, the books aside. */
  async function tracesOf(userId: string): Promise<string[]> {
    const { rows } = await app.db.raw<{ rows: { table_name: string }[] }>(
      `select c.table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
       where c.column_name = 'user_id' and c.table_schema = 'public' and t.table_type = 'BASE TABLE'`,
    );
    const tables = rows.map(({ table_name }) => table_name).filter((name) => !books.includes(name));
    assert.ok(tables.length > 10);
    const held = await Promise.all(tables.map((table) => app.db(table).where({ user_id: userId }).first('user_id')));
    return tables.filter((_, index) => held[index] !== undefined);
  }

  /** Names of tables, whatever their columns, that still hold these words. */
  async function tablesWith(words: string): Promise<string[]> {
    const { rows } = await app.db.raw<{ rows: { name: string }[] }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    assert.ok(rows.some(({ name }) => name === 'public.provider_call_events'));
    const found = await Promise.all(
      rows.map(({ name }) =>
        app.db.raw<{ rows: unknown[] }>(`select from ${name} t where t::text like ? limit 1`, [`%${words}%`]),
      ),
    );
    return rows.filter((_, index) => found[index]?.rows.length !== 0).map(({ name }) => name);
  }
  const filesOf = async (userId: string) =>
    (await readdir(join(app.dir, 'media'), { recursive: true })).filter(
      (name) => /\.\w+$/.test(name) && name.includes(userId),
    );
  const waitingForLocks = async (): Promise<number> => {
    const { rows } = await app.db.raw<{ rows: unknown[] }>(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return rows.length;
  };
  const sweep = async () => {
    await eraseClosedAccounts(app.db);
    await removeDueFiles(app.db, { removeFile: app.services.removeFile, log: app.services.log });
  };

  /** A paid call that holds these words wherever the books have room for any. */
  async function addRefusedCall(userId: string, op_key: string, words: string) {
    const call = { op_key, user_id: userId, vendor: 'gemini', model: 'm', purpose: 'image', fence: 1 };
    const money = { status: 'accepted', max_cost_micros: 9, cost_micros: 9, request_hash: Buffer.alloc(32) };
    const told = { request: { prompt: words }, answer: { text: words }, error: { params: { reason: words } } };
    await app.db('provider_calls').insert({ id: newId(), ...call, ...money, ...told });
    const [before, after] = [{ from_status: 'sending' }, { to_status: 'failed' }];
    await app.db('provider_call_events').insert({ op_key, fence: 1, ...before, ...after, note: `refused: ${words}` });
    await app.db('provider_orphans').insert({ op_key, answer: { text: words } });
  }

  it('ends everything at once and leaves neither row nor file', async () => {
    const { userId } = app.sessionOf('ada');
    const world = await worldOf(app, 'ada');
    const { body: media } = await app.as('ada').get(`/api/v1/media/${world.mediaId}`).expect(200);
    await app.anyone().get(localPart(media.data.thumbnailUrl)).expect(200);
    await addRefusedCall(userId, 'a step:image:0', 'my secret wish');
    const { body: ticket } = await app.as('ada').post('/api/v1/auth/stream-tickets').expect(201);
    const stream = await openStream(`${app.url}/api/v1/events?ticket=${ticket.data.ticket}`);
    await close('ada').expect(200, { code: 200, message: 'Deleted' });
    await stream.ended;
    await app.as('ada').get('/api/v1/auth/me').expect(401);
    await app.anyone().get(localPart(media.data.url)).expect(404);
    await sweep();
    assert.deepEqual(await tracesOf(userId), []);
    assert.deepEqual(await filesOf(userId), []);
    assert.deepEqual([await tablesWith('my secret wish'), await tablesWith('ada@example.com')], [[], []]);
    assert.equal(await app.db('users').where({ id: userId }).first('id'), undefined);
    const books = await app.db('provider_calls').where({ user_id: userId }).first();
    assert.deepEqual([books.request, books.answer, Number(books.cost_micros)], [{}, null, 9]);
    await app.join('ada');
  });

  it('waits for work under way, with the door closed already', async () => {
    const { userId } = app.sessionOf('bob');
    const { taskId } = await worldOf(app, 'bob');
    await app.db('steps').where({ task_id: taskId }).update({ status: 'running' });
    await close('bob').expect(200);
    await app.as('bob').get('/api/v1/auth/me').expect(401);
    await app
      .anyone()
      .post('/api/v1/auth/login')
      .type('form')
      .send({ username: 'bob@example.com', password })
      .expect(401);
    const task = await app.db('tasks').where({ id: taskId }).first();
    assert.equal(task.status, 'cancelled');
    await sweep();
    assert.notDeepEqual(await tracesOf(userId), []);
    await app.db('steps').where({ task_id: taskId }).update({ status: 'cancelled' });
    await sweep();
    assert.deepEqual([await tracesOf(userId), await filesOf(userId)], [[], []]);
  });

  it('leaves no file of an upload whose row comes in at the last moment', async () => {
    const { userId } = app.sessionOf('eve');
    await closeAccount(app.db, userId);
    const storagePath = `media/${userId}/late.webp`;
    const facts = { type: 'image', mimeType: 'image/webp', size: 1, width: 1, height: 1, duration: null } as const;
    const row = { id: newId(), userId, taskId: null, originalFilename: null, storagePath, sha256: Buffer.alloc(32) };
    const upload = await app.db.transaction();
    await sumMediaBytes(upload, userId);
    await insertMedia(upload, { ...row, ...facts });
    const erased = eraseAccount(app.db, userId);
    await eventually('the erasure waits for it', async () => (await waitingForLocks()) > 0);
    await upload.commit();
    assert.ok(await erased);
    assert.deepEqual(await app.db('object_removals').where({ user_id: userId }).pluck('storage_path'), [storagePath]);
    assert.equal(await app.db('users').where({ id: userId }).first('id'), undefined);
  });

  it('tries a file that cannot be removed again later', async () => {
    const { userId } = app.sessionOf('cai');
    await worldOf(app, 'cai');
    await close('cai').expect(200);
    const removeFile = async () => {
      throw new Error('the store is away');
    };
    await removeDueFiles(app.db, { removeFile, log: app.services.log });
    const { failures } = await app.db('object_removals').where({ user_id: userId }).first();
    assert.equal(failures, 1);
    assert.notDeepEqual(await filesOf(userId), []);
    await app.db('object_removals').update({ not_before: app.db.fn.now() });
    await sweep();
    assert.deepEqual([await filesOf(userId), await tracesOf(userId)], [[], []]);
  });

  it('frees no e-mail that makes whoever registers it next an administrator', async () => {
    const { body } = await close('boss').expect(409);
    assert.deepEqual([body.code, body.type], [4002, 'urn:directorai:problem:listed_administrator']);
    assert.match(body.detail, /ADMIN_EMAILS/);
    const told = await app
      .as('boss')
      .delete('/api/v1/users/me')
      .set('Accept-Language', 'zh')
      .send({ password })
      .expect(409);
    assert.match(told.body.detail, /请先将其从 ADMIN_EMAILS 中移除/);
    assert.equal((await app.as('boss').get('/api/v1/auth/me').expect(200)).body.data.isAdmin, true);
    await close('boss', 'a wrong guess').expect(401);
  });

  it('wants the password, and changes nothing without', async () => {
    const { body } = await close('dan', 'a wrong guess').expect(401);
    assert.equal(body.code, 2000);
    await app.as('dan').delete('/api/v1/users/me').expect(400);
    const { body: fault } = await app.as('dan').delete('/api/v1/users/me').send({}).expect(400);
    assert.equal(fault.errors[0].pointer, '/body/password');
    await app.as('dan').get('/api/v1/auth/me').expect(200);
  });
});
