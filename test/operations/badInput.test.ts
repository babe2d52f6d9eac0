import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { useApp } from '../http/testApp.ts';
import { addMediaRow, photo, upload } from './fixtures.ts';

const tables = ['users', 'conversations', 'tasks', 'steps', 'screenplays', 'media_files', 'events', 'idempotency_keys'];

describe('bad input', () => {
  const app = useApp({ users: ['ada'] });
  const prompt = 'a kitten who wants to see the sea';
  const count = async () => {
    const jobs = app.db('graphile_worker._private_jobs').count({ n: '*' }).first();
    const rows = tables.map((table) => app.db(table).count({ n: '*' }).first());
    return Promise.all([jobs, ...rows].map(async (answer) => Number((await answer)?.n)));
  };
  let atFirst: number[];
  before(async () => {
    await addMediaRow(app.db, app.sessionOf('ada').userId, 'video');
    atFirst = await count();
  });
  afterEach(async () => assert.deepEqual(await count(), atFirst));

  const post = (path: string) => app.as('ada').post(`/api/v1${path}`);
  const bearer = () => ({ authorization: `Bearer ${app.sessionOf('ada').token}` });
  const raw = (text: string, type = 'application/json') => post('/tasks').set('Content-Type', type).send(text);

  it('text that is no JSON', async () => {
    for (const text of ['{', '{"type":', "{'type':'film'}", 'film', '{"a":1}{"b":2}', '\u0000']) {
      const { body, headers } = await raw(text).expect(400);
      assert.equal(body.code, 1001);
      assert.match(headers['content-type'] ?? '', /^application\/problem\+json/);
    }
  });

  it('JSON that is no task', async () => {
    for (const text of ['null', '[]', '7', '"film"', '{}', '[{"type":"film"}]']) {
      const { body } = await raw(text).expect(400);
      assert.equal(body.code, 1000);
      assert.ok(body.errors[0].pointer.startsWith('/body'));
    }
    await raw('').expect(400);
    await post('/tasks').expect(400);
  });

  it('other content types and encodings', async () => {
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'nonsense']) {
      const { body } = await raw('{}', type).expect(415);
      assert.equal(body.code, 1002);
    }
    const gzip = post('/tasks').set('Content-Type', 'application/json').set('Content-Encoding', 'gzip');
    const { body: encoded } = await gzip.send('x').expect(415);
    assert.match(encoded.detail, /^Content encodings are not taken.*gzip/);
    await raw('{}', 'application/json; charset=utf-7').expect(415);
  });

  it('unknown fields, the dangerous ones among them', async () => {
    const fields = ['userId', 'role', 'status', 'cost', 'fence', 'isAdmin', 'createdAt', '__proto__', 'constructor'];
    for (const field of fields) {
      const text = `{"type":"image","params":{"prompt":"x"},"${field}":{"isAdmin":true}}`;
      const { body } = await raw(text).expect(400);
      assert.equal(body.errors[0].pointer, `/body/${field}`);
      await raw(`{"type":"image","params":{"prompt":"x","${field}":1}}`).expect(400);
    }
  });

  it('wrong types and numbers out of bounds, each named', async () => {
    const cases: [object, string][] = [
      [{ sceneCount: 0 }, 'sceneCount'],
      [{ sceneCount: 10_000 }, 'sceneCount'],
      [{ sceneCount: '7' }, 'sceneCount'],
      [{ sceneCount: 1.5 }, 'sceneCount'],
      [{ characterCount: -1 }, 'characterCount'],
      [{ sceneSeconds: 7 }, 'sceneSeconds'],
      [{ language: 'fr' }, 'language'],
      [{ images: 'x' }, 'images'],
      [{ images: ['x'] }, 'images/0'],
      [{ images: Array(9).fill('01975f2e-8f10-7c3a-9a51-3b1f0c6d2e02') }, 'images'],
      [{ prompt: '' }, 'prompt'],
      [{ prompt: 'x'.repeat(10_001) }, 'prompt'],
      [{ prompt: ['x'] }, 'prompt'],
    ];
    for (const [params, field] of cases) {
      const { body } = await post('/tasks')
        .send({ type: 'film', params: { prompt, ...params } })
        .expect(400);
      assert.equal(body.errors[0].pointer, `/body/params/${field}`);
    }
  });

  it('text that Postgres can’t keep, wherever it stands', async () => {
    for (const text of ['\\u0000', 'a\\u0000b', '\\ud800', '\\udc00\\ud800']) {
      await raw(`{"type":"image","params":{"prompt":"${text}"}}`).expect(400);
      await raw(`{"type":"image","params":{"prompt":"x","${text}":1}}`).expect(400);
    }
    await raw('{"type":"image","params":{"prompt":"a\\u001bb"}}').expect(400);
    for (const path of ['/tasks/%00', '/tasks/%ff', '/tasks/%', '/conversations?pinned=%00', '/media?type=%ED%A0%80']) {
      await app.as('ada').get(`/api/v1${path}`).expect(400);
    }
    await app.anyone().post('/api/v1/auth/login').type('form').send('username=a%00b&password=x').expect(400);
    await post('/tasks').set('Idempotency-Key', 'é').send({ type: 'image', params: { prompt } }).expect(400);
  });

  it('bytes that are no UTF-8, in JSON and in forms', async () => {
    const gbk = Buffer.from([0xd2, 0xbb, 0xd6, 0xbb, 0xcf, 0xeb]);
    const json = Buffer.concat([Buffer.from('{"type":"image","params":{"prompt":"'), gbk, Buffer.from('"}}')]);
    const send = (path: string, type: string, body: Uint8Array) =>
      fetch(`${app.url}/api/v1${path}`, { method: 'POST', headers: { ...bearer(), 'content-type': type }, body });
    const form = Buffer.from('username=%D2%BB%CF%EB&password=x');
    for (const answer of [
      await send('/tasks', 'application/json', json),
      await send('/auth/login', 'application/x-www-form-urlencoded', form),
      await send('/auth/login', 'application/x-www-form-urlencoded', Buffer.concat([Buffer.from('username='), gbk])),
    ]) {
      const body = (await answer.json()) as { code: number; detail: string };
      assert.deepEqual([answer.status, body.code, body.detail], [400, 1001, 'The body is not UTF-8.']);
    }
  });

  it('text of which nothing is seen', async () => {
    for (const text of [' \u202e', '\u200b\u2060', '\u3164', '\ufeff \u00ad']) {
      const { body } = await post('/tasks')
        .send({ type: 'image', params: { prompt: text } })
        .expect(400);
      assert.deepEqual(body.errors, [{ pointer: '/body/params/prompt', detail: 'has no visible character' }]);
      const single = await post('/images').send({ prompt: text }).expect(400);
      assert.equal(single.body.errors[0].pointer, '/body/prompt');
    }
  });

  it('nesting without end, fields without number, bodies without measure', async () => {
    const deep = await raw('['.repeat(100_000)).expect(400);
    assert.equal(deep.body.code, 1001);
    await raw(`${'['.repeat(50_000)}${']'.repeat(50_000)}`).expect(400);
    await raw(`{"type":"image","params":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`).expect(400);
    const many = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`f${index}`, 1]));
    await post('/tasks').send(many).expect(400);
    const large = await post('/tasks')
      .send({ type: 'image', params: { prompt: 'x'.repeat(300_000) } })
      .expect(413);
    assert.equal(large.body.code, 1003);
  });

  it('files that are no pictures', async () => {
    const whole = await photo();
    const files: [Buffer, string, string][] = [
      [Buffer.from('this is no PNG'), 'a.png', 'image/png'],
      [Buffer.alloc(0), 'empty.png', 'image/png'],
      [whole.subarray(0, whole.length / 2), 'half.jpg', 'image/jpeg'],
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'a.png', 'image/png'],
      [
        await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
          .gif()
          .toBuffer(),
        'a.jpg',
        'image/jpeg',
      ],
      [await bomb(), 'bomb.png', 'image/png'],
    ];
    for (const [bytes, name, type] of files) {
      const { body } = await upload(app.as('ada'), bytes, name, type).expect(400);
      assert.deepEqual([body.code, body.errors[0].pointer], [1000, '/body/file']);
    }
    for (const type of ['image/svg+xml', 'image/gif', 'text/html', 'application/pdf']) {
      await upload(app.as('ada'), whole, 'a', type).expect(415);
    }
    const { body } = await upload(app.as('ada'), whole, 'a.png', 'image/png').expect(415);
    assert.deepEqual(
      [body.code, body.title, body.errors],
      [
        1002,
        'The file and its content type disagree.',
        [{ pointer: '/body/file', detail: 'is announced as image/png, but its content is image/jpeg' }],
      ],
    );
  });

  it('pictures with more dots than are read', async () => {
    const { body } = await upload(app.as('ada'), await bomb(), 'bomb.png', 'image/png').expect(400);
    assert.deepEqual([body.code, body.errors[0].detail], [1000, 'has more than 40 megapixels']);
  });
});

/** A file of a few kilobytes that would be a picture of 50,000 times 20,000 dots. */
async function bomb(): Promise<Buffer> {
  const small = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'black' } })
    .png()
    .toBuffer();

  small.writeUInt32BE(50_000, 16);
  small.writeUInt32BE(20_000, 20);
  small.writeUInt32BE(crc32(small.subarray(12, 29)), 29);
  return small;
}
