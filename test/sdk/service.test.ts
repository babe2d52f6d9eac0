import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import jwt from 'jsonwebtoken';
import { photo } from '../operations/fixtures.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { startProxy } from '../support/proxy.ts';
import { readRecipes, runRecipes } from './recipes.ts';
import { type Client, DirectorAI, type FilmResult, type FinishedTask, sdk, type TaskEvent } from './sdk.ts';
import { password, useService } from './service.ts';
import { describeTheRest } from './wholeApi.ts';

const secret = 'a secret of the SDK suite, 32 characters or more';
const story = { prompt: 'a kitten sees the sea', sceneCount: 1, characterCount: 1, sceneSeconds: 5 } as const;
const missing = '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e02';

async function allOf<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
}

const recipes = readRecipes();
const says: RegExp[] = [
  /^5 seconds for \$\d/,
  /^█{20} 100 % .*\nhttp/m,
  /^\d+ 100\ncompleted$/m,
  /^http:.*signature=/,
  /^bought anew: \{ screenplay: 0, image: 0, video: 1 \}/,
  /^msg_1 webhook.test\nanswered 204 400$/m,
  /^\/body\/params.*\/body\/params/ms,
  /^\d+ calls, \$\d.*\nrefused: 402/,
  /^cancelled$/m,
  /^grace-.*\ndai_$/m,
];

describe('the SDK against the service', () => {
  const service = useService({ JWT_SECRET: secret, MAX_STREAMS_PER_USER: '8' });
  let ada: Client;
  let dir: string;
  /** The recipes run beside the other tests. */
  let cooking: ReturnType<typeof runRecipes> | undefined;

  before(async () => {
    dir = await makeDataDir('sdk-files');
    ada = await service.join('ada');
    const frida = await service.join('frida');
    const session = await frida.auth.login({ email: 'frida@example.com', password });
    await writeFile(join(dir, 'kitten.jpg'), await photo());
    await frida.images.create({ prompt: 'something to be listed' });
    cooking = runRecipes(dir, service.url, session.token);
    cooking.catch(() => undefined);
  });
  after(async () => {
    await cooking?.catch(() => undefined);
    if (dir) await rm(dir, { recursive: true, force: true });
  });

  /** How often a client's own log says that this was asked. */
  const counter = () => {
    const seen: string[] = [];
    return { seen, logger: ({ event, url }: { event: string; url: string }) => event === 'answer' && seen.push(url) };
  };

  describe('sessions', () => {
    it('logs in by itself, once, when it first has to', async () => {
      const { seen, logger } = counter();
      const client = new DirectorAI({ baseUrl: service.url, email: 'ada@example.com', password, logger });
      const users = await Promise.all([client.auth.me(), client.auth.me(), client.auth.me()]);
      assert.deepEqual(new Set(users.map(({ username }) => username)), new Set(['ada']));
      assert.equal(seen.filter((url) => url.endsWith('/auth/login')).length, 1);
    });

    it('renews an expired session once, however many requests find it expired', async () => {
      const { seen, logger } = counter();
      const { userId, token, refreshToken } = await ada.auth.login({ email: 'ada@example.com', password });
      const claims = jwt.decode(token, { json: true }) ?? {};
      const expired = jwt.sign({ ...claims, iat: 1, exp: 2 }, secret);
      const kept: string[] = [];
      const client = new DirectorAI({
        baseUrl: service.url,
        token: expired,
        refreshToken,
        logger,
        onTokens: (tokens) => kept.push(tokens.token),
      });
      const users = await Promise.all(Array.from({ length: 12 }, () => client.auth.me()));
      assert.deepEqual(new Set(users.map(({ id }) => id)), new Set([userId]));
      assert.equal(seen.filter((url) => url.endsWith('/auth/refresh')).length, 1);
      assert.equal(kept.length, 1);
    });

    it('throws where there is no way to another token, and asks for another where there is', async () => {
      const wrong = new DirectorAI({ baseUrl: service.url, token: 'wrong' });
      await assert.rejects(wrong.auth.me(), sdk.AuthenticationError);
      const { token } = await ada.auth.login({ email: 'ada@example.com', password });
      const tokens = ['wrong', token];
      const asked = new DirectorAI({ baseUrl: service.url, token: () => tokens.shift() ?? token });
      assert.equal((await asked.auth.me()).username, 'ada');
    });

    it('speaks without a token after it has logged out', async () => {
      const bob = await service.join('bob');
      await bob.auth.logout();
      await assert.rejects(bob.auth.me(), sdk.AuthenticationError);
    });
  });

  describe('answers', () => {
    it('are the data itself, with dates that are dates, and tell more when asked', async () => {
      const { data, response, requestId } = await ada.auth.me().withResponse();
      assert.ok(data.createdAt instanceof Date);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('x-request-id'), requestId);
    });

    it('of a key used twice are the first one again', async () => {
      const ask = () => ada.conversations.create({ title: 'Once' }, { idempotencyKey: 'once' }).withResponse();
      const [first, second] = [await ask(), await ask()];
      assert.equal(first.data.id, second.data.id);
      assert.equal(second.response.headers.get('idempotent-replayed'), 'true');
    });

    it('are explained in the language asked for', async () => {
      const client = new DirectorAI({ baseUrl: `${service.url}/`, language: 'zh' });
      await assert.rejects(client.auth.me(), /[\u4e00-\u9fff]/);
      await assert.rejects(ada.tasks.get(missing), { name: 'NotFoundError', code: 3000 });
    });
  });

  describe('lists', () => {
    it('are every item of every page, or a page, or all at once', async () => {
      const cara = await service.join('cara');
      for (const title of ['a', 'b', 'c', 'd', 'e']) await cara.conversations.create({ title });
      const titles: string[] = [];
      for await (const { title } of cara.conversations.list({ pageSize: 2 })) titles.push(title);
      assert.deepEqual(titles, ['e', 'd', 'c', 'b', 'a']);
      const page = await cara.conversations.list({ pageSize: 2, page: 2 });
      assert.deepEqual([page.total, page.hasNext, page.items.map(({ title }) => title)], [5, true, ['c', 'b']]);
      assert.equal((await page.next())?.hasNext, false);
      for (const { id } of await cara.conversations.list({ pageSize: 2 }).all()) await cara.conversations.delete(id);
      assert.equal((await cara.conversations.list()).total, 0);
    });

    it('meet no item twice when something new comes first meanwhile', async () => {
      const dora = await service.join('dora');
      for (const title of ['a', 'b', 'c']) await dora.conversations.create({ title });
      const titles: string[] = [];
      for await (const { title } of dora.conversations.list({ pageSize: 1 })) {
        if (titles.length === 0) await dora.conversations.create({ title: 'new' });
        titles.push(title);
      }
      assert.deepEqual(titles, ['c', 'b', 'a']);
    });
  });

  it('media.upload takes a path, bytes, a Blob, and streams of both kinds', async () => {
    const bytes = await photo();
    const path = join(dir, 'kitten at sea.jpg');
    await writeFile(path, bytes);
    const [byPath, buffer, blob, web, node] = await Promise.all([
      ada.media.upload(path),
      ada.media.upload(bytes, { filename: 'bytes.jpg' }),
      ada.media.upload(new File([new Uint8Array(bytes)], 'file.jpg')),
      ada.media.upload(new Blob([new Uint8Array(bytes)]).stream()),
      ada.media.upload(createReadStream(path)),
    ]);
    const names = [byPath, buffer, blob, web, node].map(({ originalFilename }) => originalFilename);
    assert.deepEqual(names, ['kitten at sea.jpg', 'bytes.jpg', 'file.jpg', 'upload', 'kitten at sea.jpg']);
    assert.equal(new Set([byPath, buffer, blob, web, node].map(({ size }) => size)).size, 1);
    const part = await ada.media.content(byPath.id, { range: 'bytes=0-1' });
    assert.deepEqual([part.status, [...new Uint8Array(await part.arrayBuffer())]], [206, [0xff, 0xd8]]);
    assert.equal((await ada.media.thumbnail(byPath.id, { width: 64 })).headers.get('content-type'), 'image/webp');
    await assert.rejects(ada.media.upload(join(dir, 'nothing.jpg')), { name: 'DirectorAIError', message: /ENOENT/ });
    await ada.media.delete(byPath.id);
    await assert.rejects(ada.media.save(byPath.id, join(dir, 'gone.jpg')), sdk.NotFoundError);
  });

  describe('films and streams', () => {
    let film: FinishedTask<FilmResult>;
    const watched: TaskEvent[] = [];

    it('films.create().wait() gives the film, and its stream tells every event over connections that break', async () => {
      const proxy = await startProxy(service.url);
      const { token } = await ada.auth.login({ email: 'ada@example.com', password });
      const far = new DirectorAI({ baseUrl: proxy.url, token });
      const order = far.films.create(story);
      const progress: number[] = [];
      const waiting = order.wait({ onProgress: (now) => progress.push(now.progress) });
      for await (const event of order.stream()) {
        watched.push(event);
        if (watched.length === 2 || watched.length === 4) proxy.cut();
      }
      film = await waiting;
      await proxy.close();
      assert.equal(film.result.durationSeconds, 5);
      assert.deepEqual(
        progress,
        watched.map(({ data }) => data.progress),
      );
      const whole = await allOf(ada.tasks.stream(film.id));
      assert.deepEqual(watched, whole);
      assert.equal(new Set(watched.map(({ id }) => id)).size, watched.length);
    });

    it('tasks.stream goes on after any event, and is over after the last one', async () => {
      const after = watched.at(-3)?.id;
      assert.deepEqual(await allOf(ada.tasks.stream(film.id, { after })), watched.slice(-2));
      assert.deepEqual(await allOf(ada.tasks.stream(film.id, { after: watched.at(-1)?.id })), []);
      await assert.rejects(ada.tasks.stream(missing).next(), sdk.NotFoundError);
    });

    it('media.save leaves the whole film in a file', async () => {
      const path = join(dir, 'saved.mp4');
      await ada.media.save(film.result.mediaId, path);
      const { size } = await ada.media.get(film.result.mediaId);
      const bytes = await readFile(path);
      assert.deepEqual([bytes.length, bytes.subarray(4, 8).toString()], [size, 'ftyp']);
    });

    it('events.stream tells of every task until it is left, or its signal is aborted', async () => {
      const leaving = new AbortController();
      const stream = ada.events.stream({ after: 0, signal: leaving.signal });
      const { value } = await stream.next();
      assert.equal(value?.id, 1);
      leaving.abort();
      await assert.rejects(allOf(stream), { name: 'AbortError' });
    });

    it('tasks.wait asks now and then where no more streams may be open', async () => {
      const eve = await service.join('eve');
      const open = Array.from({ length: 8 }, () => eve.events.stream({ after: 0 }));
      const task = await eve.images.create({ prompt: 'a lantern' });
      await Promise.all(open.map((stream) => stream.next()));
      assert.ok((await eve.tasks.wait(task.id)).result);
      await Promise.all(open.map((stream) => stream.return()));
    });

    it('tasks.wait throws where the task was cancelled, failed, or takes too long', async () => {
      const task = await ada.films.create(story);
      await assert.rejects(ada.tasks.wait(task.id, { timeoutMs: 20 }), sdk.TaskWaitTimeoutError);
      await assert.rejects(ada.tasks.wait(task.id, { signal: AbortSignal.timeout(20) }), { name: 'TimeoutError' });
      await ada.tasks.cancel(task.id);
      await assert.rejects(ada.tasks.wait(task.id), sdk.TaskCancelledError);
      await service.database.db('tasks').where({ id: film.id }).update({ status: 'failed', result: null });
      await assert.rejects(ada.tasks.wait(film.id), (error: unknown) => {
        return error instanceof sdk.TaskFailedError && error.task.id === film.id;
      });
    });
  });

  describe('the rest of the API', () => describeTheRest(service, () => dir));

  describe('the recipes of the README', function () {
    this.timeout(120_000);
    for (const [index, { title }] of recipes.entries()) {
      it(title, async () => {
        const told = (await cooking)?.[index];
        assert.equal(told?.error, undefined);
        assert.match(told?.printed ?? '', says[index] ?? assert.fail('what does it say?'));
      });
    }
  });
});
