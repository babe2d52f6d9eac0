import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import { eventually } from '../support/eventually.ts';
import { buildProgram, removeBuild } from './campaign/build.ts';
import { type Cluster, startCluster } from './campaign/cluster.ts';
import { join, order, type Person } from './campaign/people.ts';
import { createRandom } from './random.ts';

const build = `outages-${process.pid}`;
const random = createRandom(1);

/** Faults one at a time on the real processes, each with the time it took to be noticed, or to be over. */
describe('one thing that fails', () => {
  let cluster: Cluster;
  let ada: Person;
  const measured: string[] = [];

  before(async function () {
    this.timeout(60_000);
    const program = await buildProgram(build);
    cluster = await startCluster({ program, modes: { glm: 'key', gemini: 'key', tuzi: 'key' }, store: 's3' });
    ada = await join(cluster, 'ada');
  });
  after(async function () {
    this.timeout(60_000);
    await cluster.close(false);
    await removeBuild(build);
    for (const line of measured) process.stdout.write(`    ${line}\n`);
  });

  const note = (what: string, ms: number, limitMs: number): void => {
    measured.push(`${what}: ${(ms / 1_000).toFixed(1)} s, at most ${limitMs / 1_000} s`);
    assert.ok(ms <= limitMs, `${what} took ${ms} ms`);
  };

  /** One request to one node, not repeated. */
  const ask = async (node: number, path = '/tasks'): Promise<{ status: number; retryAfter: string | null }> => {
    const headers = { authorization: `Bearer ${ada.token}` };
    const answer = await fetch(`${cluster.apis[node]?.url}${path}`, { headers, signal: AbortSignal.timeout(30_000) });
    await answer.text();
    return { status: answer.status, retryAfter: answer.headers.get('retry-after') };
  };
  const upload = async (): Promise<Response> => {
    const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const body = new FormData();
    body.set('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'teal.png');
    const headers = { authorization: `Bearer ${ada.token}` };
    return fetch(`${cluster.apis[0]?.url}/media`, { method: 'POST', headers, body });
  };
  const answers = (node: number) => () =>
    ask(node)
      .then(({ status }) => status === 200)
      .catch(() => false);
  const bothAnswer = () => Promise.all([0, 1].map((node) => answers(node)())).then((all) => all.every(Boolean));

  const fencedAfter = async (pid: number, at: number): Promise<number> => {
    const row = () =>
      cluster
        .db('worker_sessions')
        .where('host', 'like', `%:${pid}`)
        .whereNotNull('fenced_at')
        .first<{ fenced_at: Date } | undefined>('fenced_at');
    const { fenced_at: fencedAt } = await eventually('the others have noticed', row, 40_000);
    return fencedAt.getTime() - at;
  };
  const registered = (pid: number | undefined) => () =>
    cluster.db('worker_sessions').where('host', 'like', `%:${pid}`).whereNull('fenced_at').first();

  const memoryOf = async (pid: number | undefined): Promise<number> =>
    Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;

  it('a worker that dies is noticed within 3 s', async function () {
    this.timeout(60_000);
    const [worker] = cluster.workers;
    await eventually('the worker has registered', registered(worker?.pid), 30_000);
    const at = Date.now();
    const pid = worker?.signal('SIGKILL') ?? 0;
    note('death of a worker', await fencedAfter(pid, at), 3_000);
  });

  it('a worker that freezes is noticed within 30 s, and ends when it wakes', async function () {
    this.timeout(90_000);
    const [, worker] = cluster.workers;
    await eventually('the worker has registered', registered(worker?.pid), 30_000);
    const at = Date.now();
    const pid = worker?.signal('SIGSTOP') ?? 0;
    note('freeze of a worker', await fencedAfter(pid, at), 30_000);
    const ended = worker?.ended();
    process.kill(pid, 'SIGCONT');
    await ended;
    await eventually('its successor has registered', registered(worker?.pid), 30_000);
  });

  it('connections to PostgreSQL that fall silent are given up within 15 s', async function () {
    this.timeout(60_000);
    const at = Date.now();
    cluster.proxy.goSilent();
    await eventually('both nodes answer again', bothAnswer, 40_000);
    note('half-open connections to PostgreSQL', Date.now() - at, 15_000);
  });

  it('a worker whose connections fall silent while it starts ends within 15 s, to be started anew', async function () {
    this.timeout(60_000);
    const sockets: Socket[] = [];
    const silence = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
    await once(silence.listen(0, '127.0.0.1'), 'listening');
    const address = silence.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const [, , worker] = cluster.workers;
    worker?.once({ DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/nothing` });
    worker?.signal('SIGKILL');
    await worker?.ended();
    const at = Date.now();
    assert.equal(await worker?.ended(), null, 'it ends by itself');
    note('a start into silence', Date.now() - at, 15_000);
    for (const socket of sockets) socket.destroy();
    silence.close();
    await eventually('it has registered', registered(worker?.pid), 30_000);
  });

  it('PostgreSQL away for 60 s is said with 503 and Retry-After at no cost in memory, and over 5 s after it', async function () {
    this.timeout(150_000);
    const pids = cluster.apis.map(({ member }) => member.pid);
    const before = await Promise.all(pids.map(memoryOf));
    cluster.proxy.refuse(true);
    const until = Date.now() + 60_000;
    const seen = new Map<string, number>();
    while (Date.now() < until) {
      const both = await Promise.all([ask(0), ask(1)]);
      for (const { status, retryAfter } of both) {
        const what = `${status}${retryAfter ? ' with Retry-After' : ''}`;
        seen.set(what, (seen.get(what) ?? 0) + 1);
      }
      await delay(100);
    }
    assert.deepEqual([...seen.keys()], ['503 with Retry-After']);
    const after = await Promise.all(pids.map(memoryOf));
    const grown = Math.max(...after.map((mb, n) => mb - (before[n] ?? 0)));
    measured.push(
      `memory of an API process grew by ${grown.toFixed(0)} MB in ${seen.get('503 with Retry-After')} refusals, at most 64 MB`,
    );
    assert.ok(grown < 64, `${grown} MB`);
    cluster.proxy.refuse(false);
    const at = Date.now();
    await eventually('both nodes answer again', bothAnswer, 30_000);
    note('PostgreSQL back to answers', Date.now() - at, 5_000);
    assert.deepEqual(
      cluster.apis.map(({ member }) => member.pid),
      pids,
      'the same processes',
    );
  });

  it('a stop under load fails no request on the other node and ends within 30 s', async function () {
    this.timeout(90_000);
    await Promise.all(Array.from({ length: 20 }, () => order(cluster, random, ada)));
    const { member } = cluster.apis[0] ?? {};
    const state = { over: false, asked: 0 };
    const failed: unknown[] = [];
    const load = async () => {
      while (!state.over) {
        const { status } = await ask(1).catch((error: Error) => ({ status: error.message }));
        state.asked += 1;
        if (status !== 200) failed.push(status);
      }
    };
    const busy = Promise.all([load(), load(), load(), load()]);
    const at = Date.now();
    const ends = [member, ...cluster.workers].map((one) => one?.ended());
    for (const one of [member, ...cluster.workers]) one?.signal('SIGTERM');
    await Promise.all(ends);
    note('SIGTERM under load, of a node and all workers', Date.now() - at, 30_000);
    state.over = true;
    await busy;
    await eventually('both nodes answer again', bothAnswer, 30_000);
    assert.deepEqual(failed, []);
    assert.ok(state.asked > 0);
    const attempts = await cluster.db('steps').max<{ max: number }[]>('crash_count');
    assert.equal(attempts[0]?.max, 0, 'handed back at no cost');
  });

  for (const [vendor, type] of [
    ['glm', 'screenplay'],
    ['gemini', 'image'],
    ['tuzi', 'video'],
  ] as const) {
    it(`${vendor} away holds up nothing else, and what is ordered after its return is made at once`, async function () {
      this.timeout(120_000);
      const site = cluster.vendors.find(({ name }) => name === vendor);
      const path = { glm: 'chat', gemini: 'images', tuzi: 'videos' }[vendor];
      await fetch(`${site?.url}/_sandbox/faults`, {
        method: 'POST',
        body: JSON.stringify([{ path, count: 1_000, fault: { status: 503 } }]),
      });
      await order(cluster, random, ada, type);
      await delay(3_000);
      assert.ok(await bothAnswer(), 'the API needs no vendor');
      await fetch(`${site?.url}/_sandbox/faults`, { method: 'DELETE' });
      await cluster.db('tasks').whereIn('status', ['pending', 'processing']).select('id');
      const at = Date.now();
      await order(cluster, random, ada, type);
      const latest = () => cluster.db('tasks').where({ type }).orderBy('created_at', 'desc').first('status');
      await eventually(`a ${type} is made`, async () => (await latest())?.status === 'completed', 60_000);
      note(`${vendor} back, to a ${type} ordered then`, Date.now() - at, 5_000);
    });
  }

  it('what is ordered while the vendors are away for 60 s is made within 5 s of their return', async function () {
    this.timeout(150_000);
    const faults = (init: RequestInit) =>
      Promise.all(cluster.vendors.map(({ url }) => fetch(`${url}/_sandbox/faults`, init)));
    const all = ['chat', 'images', 'videos'].map((path) => ({ path, count: 1_000_000, fault: { status: 503 } }));
    await faults({ method: 'POST', body: JSON.stringify(all) });
    const since = new Date();
    for (const type of ['screenplay', 'image', 'video', 'screenplay', 'image', 'video'] as const) {
      await order(cluster, random, ada, type);
      await delay(10_000);
    }
    const ordered = () => cluster.db('tasks').where('created_at', '>', since);
    assert.deepEqual(await ordered().whereIn('status', ['completed', 'failed']), []);
    const called = await cluster.db('provider_call_events').where('at', '>', since).where({ to_status: 'sending' });
    measured.push(`calls to three vendors that are away, in 60 s: ${called.length}, at most 200`);
    assert.ok(called.length <= 200, `${called.length} calls`);
    await faults({ method: 'DELETE' });
    const at = Date.now();
    const made = async () => (await ordered()).every(({ status }) => status === 'completed');
    await eventually('all is made', made, 60_000);
    note('vendors back after 60 s, to all that was ordered meanwhile', Date.now() - at, 5_000);
    const counted = await cluster.db('steps').where('created_at', '>', since).where('failures', '>', 1);
    assert.deepEqual(counted, []);
  });

  it('the object store away for 30 s is said with 503 and Retry-After, and what waits for it is made within 5 s of its return', async function () {
    this.timeout(180_000);
    const tasks = (since: Date) => cluster.db('tasks').where('created_at', '>=', since).orderBy('created_at');
    const endOf = async (since: Date): Promise<boolean> =>
      (await tasks(since)).every(({ status }) => status === 'completed' || status === 'failed');
    const before = new Date();
    for (const type of ['image', 'film'] as const) await order(cluster, random, ada, type);
    await eventually('a picture and a film are made', () => endOf(before), 60_000);
    const ownMs = Date.now() - before.getTime();
    const { id } = await cluster.db('media_files').where({ type: 'image' }).first<{ id: string }>('id');
    const content = `/media/${id}/content`;
    assert.equal((await ask(0, content)).status, 200);

    const since = new Date();
    await order(cluster, random, ada, 'film');
    const away = cluster.bucket?.leave('refusing', 30_000);
    const until = Date.now() + 30_000;
    for (const type of ['image', 'video', 'film'] as const) await order(cluster, random, ada, type);
    await order(cluster, random, ada, 'screenplay');
    const seen = new Set<string>();
    while (Date.now() < until - 2_000) {
      const { status, retryAfter } = await ask(1, content);
      const stored = await upload();
      seen.add(`read ${status} ${retryAfter}`).add(`upload ${stored.status} ${stored.headers.get('retry-after')}`);
      assert.deepEqual([(await ask(0)).status, (await ask(0, '/health/ready')).status], [200, 200]);
      await delay(300);
    }
    assert.deepEqual([...seen].sort(), ['read 503 2', 'upload 503 2']);
    const screenplay = await tasks(since).where({ type: 'screenplay' });
    assert.equal(screenplay[0]?.status, 'completed', 'what needs no store is made meanwhile');
    const open = await tasks(since).whereNot({ type: 'screenplay' });
    assert.deepEqual(new Set(open.map(({ status }) => status)), new Set(['processing']));

    await away;
    const at = Date.now();
    const single = async () => (await tasks(since).whereIn('type', ['image', 'video'])).map(({ status }) => status);
    await eventually(
      'what was under way is made',
      async () => (await single()).every((is) => is === 'completed'),
      60_000,
    );
    note('the store back, to a picture and a clip that waited', Date.now() - at, 5_000);
    await eventually('all is made', () => endOf(since), 60_000);
    note(
      `the store back, to two films that take ${(ownMs / 1_000).toFixed(1)} s by themselves`,
      Date.now() - at,
      5_000 + 2 * ownMs,
    );
    assert.equal((await ask(0, content)).status, 200);
    assert.deepEqual(await tasks(since).whereNot({ status: 'completed' }), []);
    assert.deepEqual(await cluster.db('steps').where('created_at', '>=', since).where('failures', '>', 1), []);
    assert.deepEqual(
      await cluster.db('provider_calls').where('created_at', '>=', since).where('send_count', '>', 1),
      [],
    );
  });
});
