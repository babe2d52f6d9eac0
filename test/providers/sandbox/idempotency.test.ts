import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller, TestSandbox } from './client.ts';
import { Completion, caller, ffmpegPath, Images, openSandbox, statusOf, Video } from './client.ts';

const key = (value: string) => ({ 'idempotency-key': value });

describe('the sandbox and Idempotency-Key', () => {
  let sandbox: TestSandbox;
  afterEach(() => sandbox.close());

  it('gives the same answer to the same key and counts it once', async () => {
    sandbox = await openSandbox();
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => sandbox.draw('a quiet lake', '64x64', key('k1'))),
    );
    const urls = await Promise.all(replies.map(async (reply) => Images.parse(await reply.json()).data[0].url));
    assert.equal(new Set(urls).size, 1);
    assert.equal((await sandbox.accepted()).filter((call) => call.key === 'k1').length, 1);
  });

  it('refuses a key that comes back with another body', async () => {
    sandbox = await openSandbox();
    await statusOf(sandbox.submit({ prompt: 'one' }, key('k2')));
    assert.equal(await statusOf(sandbox.submit({ prompt: 'one' }, key('k2'))), 200);
    assert.equal(await statusOf(sandbox.submit({ prompt: 'two' }, key('k2'))), 422);
    assert.equal((await sandbox.accepted()).length, 1);
  });

  it('answers lookups instead of honouring the key, in lookup mode', async () => {
    sandbox = await openSandbox({ idempotency: 'lookup' });
    assert.equal(await statusOf(sandbox.get('/v1/idempotency/k3')), 404);
    const first = Video.parse(await (await sandbox.submit({}, key('k3'))).json());
    const again = Video.parse(await (await sandbox.submit({}, key('k3'))).json());
    assert.notEqual(first.id, again.id);
    const found: unknown = await (await sandbox.get('/v1/idempotency/k3')).json();
    assert.ok(typeof found === 'object' && found !== null && 'body' in found);
    assert.equal(Video.parse(found.body).id, first.id);
    assert.equal((await sandbox.accepted()).length, 2);
  });

  it('neither honours nor looks up a key where the vendor knows none', async () => {
    sandbox = await openSandbox({ idempotency: 'none' });
    await statusOf(sandbox.chat('hello', key('k4')));
    await statusOf(sandbox.chat('hello', key('k4')));
    assert.equal((await sandbox.accepted()).length, 2);
    assert.equal(await statusOf(sandbox.get('/v1/idempotency/k4')), 404);
  });
});

describe('sandboxes that die and share', () => {
  let dir: string;
  let children: ChildProcess[];
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sandbox-'));
    children = [];
  });
  afterEach(async () => {
    for (const child of children) await kill(child);
    await rm(dir, { recursive: true, force: true });
  });

  async function start(scale = 0): Promise<{ child: ChildProcess; call: Caller }> {
    const script = join(import.meta.dirname, 'serve.ts');
    const child = spawn(process.execPath, [script, dir, ffmpegPath, String(scale)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const [line] = await once(child.stdout, 'data');
    return { child, call: caller(String(line).trim()) };
  }

  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  it('knows every accepted call after SIGKILL', async () => {
    const first = await start();
    const text = Completion.parse(await (await first.call.chat('a story about rain', key('c1'))).json());
    const clip = Video.parse(await (await first.call.submit({ prompt: 'pan left' }, key('v1'))).json());
    await kill(first.child);
    const { call } = await start();
    const again = Completion.parse(await (await call.chat('a story about rain', key('c1'))).json());
    assert.deepEqual(again, text);
    assert.equal(Video.parse(await (await call.submit({ prompt: 'pan left' }, key('v1'))).json()).id, clip.id);
    assert.equal((await call.finished(clip.id)).status, 'completed');
    assert.equal((await call.accepted()).length, 2);
  });

  it('finishes a picture whose call was cut off by SIGKILL before the answer', async () => {
    const first = await start(1);
    const lost = first.call.draw('a red fox', '64x64', key('p1')).catch(() => undefined);
    const deadline = Date.now() + 5000;
    while ((await first.call.accepted()).length === 0) assert.ok(Date.now() < deadline);
    await kill(first.child);
    await lost;
    const { call } = await start();
    const { data } = Images.parse(await (await call.draw('a red fox', '64x64', key('p1'))).json());
    assert.equal(await statusOf(fetch(data[0].url ?? '')), 200);
    assert.equal((await call.accepted()).length, 1);
  });

  it('shares its folder: one process accepts, another one answers, and a key is counted once between them', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    const replies = await Promise.all(
      [one, two, one, two].map(({ call }) => call.submit({ prompt: 'tilt up' }, key('s1'))),
    );
    const ids = await Promise.all(replies.map(async (reply) => Video.parse(await reply.json()).id));
    assert.equal(new Set(ids).size, 1);
    const id = ids[0] ?? '';
    assert.equal((await two.call.finished(id)).status, 'completed');
    assert.equal((await one.call.finished(id)).status, 'completed');
    assert.equal((await one.call.accepted()).length, 1);
  });
});
