import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { ClipRequest, ClipState } from '../../src/providers/abilities.ts';
import { tuzi } from '../../src/providers/tuzi.ts';
import { eventually } from '../support/eventually.ts';
import { callOf, failureOf, meaningOf, never, serving, settingsFor, useSandbox } from './support.ts';

const times = { pollMs: 500, giveUpMs: 300_000 };
const clip: ClipRequest = { prompt: 'the cat turns, slow push in', seconds: 5, references: [] };

async function firstFrame(): Promise<string> {
  const picture = sharp({ create: { width: 320, height: 180, channels: 3, background: '#4a90d9' } });
  return `data:image/png;base64,${(await picture.png().toBuffer()).toString('base64')}`;
}

/** What a poll makes of a vendor's answer. */
const polled = (answer: unknown): Promise<ClipState> =>
  serving(
    (_req, res) => res.end(JSON.stringify(answer)),
    (origin) => tuzi({ ...settingsFor('tuzi', origin), ...times }).poll('v1', never),
  );

describe('tuzi', () => {
  const sandbox = useSandbox();
  const provider = () => tuzi({ ...settingsFor('tuzi', sandbox.url, 'key'), ...times });

  /** Submits and polls until the clip has ended, and gives how it did. */
  async function shot(key: string): Promise<{ vendorId: string; state: ClipState }> {
    const { vendorId } = await provider().submit({ ...clip, firstFrame: await firstFrame() }, callOf(key));
    const ended = async () => {
      const state = await provider().poll(vendorId, never);
      return state.status === 'running' ? undefined : state;
    };
    const state = await eventually('the clip ends', ended);
    if (!state) throw new Error('the clip has no state');
    return { vendorId, state };
  }
  const isClip = async (file: string) => (await readFile(file)).toString('latin1', 4, 8) === 'ftyp';

  it('shoots a clip and fetches it from its address', async () => {
    const { vendorId, state } = await shot('clip-1');
    assert.ok(state.status === 'completed' && state.url?.startsWith(`${sandbox.url}/media/`));
    const file = join(sandbox.dir, 'one.mp4');
    await provider().download(vendorId, state, file, never);
    assert.ok(await isClip(file));
  });

  it('fetches a clip without an address from its content', async () => {
    await sandbox.misbehave({ path: 'videos', fault: { noUrl: true } });
    const { vendorId, state } = await shot('clip-2');
    assert.deepEqual(state, { status: 'completed' });
    const file = join(sandbox.dir, 'two.mp4');
    await provider().download(vendorId, {}, file, never);
    assert.ok(await isClip(file));
  });

  it('is charged once for the same key', async () => {
    const before = await sandbox.accepted();
    const [one, two] = await Promise.all([1, 2].map(() => provider().submit(clip, callOf('clip-3'))));
    assert.deepEqual(one, two);
    assert.equal(await sandbox.accepted(), before + 1);
    assert.equal(await provider().cancel(one?.vendorId ?? '', never), true);
  });

  it('takes an unknown status for running', async () => {
    await sandbox.misbehave({ path: 'poll', fault: { unknownStatus: 1 } });
    const { vendorId } = await provider().submit(clip, callOf('clip-4'));
    assert.equal((await provider().poll(vendorId, never)).status, 'running');
    assert.equal(await provider().cancel(vendorId, never), true);
    assert.equal((await provider().poll(vendorId, never)).status, 'failed');
  });

  it('tells a refusal from a failure', async () => {
    await sandbox.misbehave({ path: 'videos', fault: { refuse: true } });
    const { state } = await shot('clip-5');
    assert.ok(state.status === 'failed' && state.refused);
    assert.match(state.reason, /moderation/);
  });

  it('says honestly when the vendor would not cancel', async () => {
    assert.equal(await provider().cancel('video_000000000000000000000000', never), false);
    const { vendorId } = await shot('clip-6');
    assert.equal(await provider().cancel(vendorId, never), false);
  });

  it('is in doubt about a lost submission only', async () => {
    await sandbox.misbehave({ path: 'videos', count: 1, fault: { lost: true } });
    assert.match(meaningOf(await failureOf(provider().submit(clip, callOf('clip-7')))), / unknown retry$/);
    await sandbox.misbehave({ path: 'poll', count: 1, fault: { reset: true } });
    const { vendorId } = await provider().submit(clip, callOf('clip-7'));
    assert.match(meaningOf(await failureOf(provider().poll(vendorId, never))), / no retry$/);
    await provider().cancel(vendorId, never);
  });

  it('names the setting of a retired model', async () => {
    await sandbox.misbehave({ path: 'videos', fault: { retired: true } });
    assert.match((await failureOf(provider().submit(clip, callOf('clip-8')))).message, /"sora-1".*VIDEO_MODEL/);
  });
});

describe('tuzi requests and answers', () => {
  it('are multipart, with the first frame and numbered references as fields', async () => {
    let sent: [string, unknown][] = [];
    await serving(
      async (req, res) => {
        const chunks: Buffer[] = [];
        for await (const chunk of req) chunks.push(chunk);
        const headers = { 'content-type': req.headers['content-type'] ?? '' };
        sent = [...(await new Response(Buffer.concat(chunks), { headers }).formData())];
        res.end('{"id":"v1","status":"queued"}');
      },
      (origin) => {
        const asked: ClipRequest = { ...clip, firstFrame: 'https://a.example/1.png', references: ['data:x', 'data:y'] };
        return tuzi({ ...settingsFor('tuzi', origin), ...times }).submit(asked, callOf('k'));
      },
    );
    assert.deepEqual(sent, [
      ['model', 'sora-1'],
      ['prompt', clip.prompt],
      ['seconds', '5'],
      ['input_reference', 'https://a.example/1.png'],
      ['input_reference_0', 'data:x'],
      ['input_reference_1', 'data:y'],
    ]);
  });

  const running: unknown[] = [
    { status: 'queued' },
    { status: 'submitted' },
    { status: 'dreaming' },
    { status: 'THROTTLED' },
    { status: '' },
    { status: null },
    {},
  ];
  for (const answer of running) {
    it(`keep waiting at ${JSON.stringify(answer)}`, async () =>
      assert.deepEqual(await polled(answer), { status: 'running' }));
  }

  const url = 'https://files.example.com/a.mp4';
  const ends: [object, ClipState][] = [
    [
      { status: 'in_progress', progress: '45%' },
      { status: 'running', progress: 45 },
    ],
    [
      { status: 'in_progress', progress: 1e9 },
      { status: 'running', progress: 100 },
    ],
    [
      { status: 'COMPLETED', url },
      { status: 'completed', url },
    ],
    [
      { status: 'succeeded', video_url: url, url: 'https://other' },
      { status: 'completed', url },
    ],
    [
      { status: 'completed', video_url: '', unsigned_urls: [url] },
      { status: 'completed', url },
    ],
    [
      { status: 'failed', error: 'out of memory' },
      { status: 'failed', refused: false, reason: 'out of memory' },
    ],
    [
      { status: 'failed', error: null },
      { status: 'failed', refused: false, reason: 'failed' },
    ],
    [
      { status: 'failed', fail_reason: 'content policy' },
      { status: 'failed', refused: true, reason: 'content policy' },
    ],
    [{ status: 'nsfw' }, { status: 'failed', refused: true, reason: 'nsfw' }],
    [{ status: 'expired' }, { status: 'failed', refused: false, reason: 'expired' }],
  ];
  for (const [answer, state] of ends) {
    it(`understand ${JSON.stringify(answer)}`, async () => assert.deepEqual(await polled(answer), state));
  }

  it('take no id that could lead a request elsewhere', async () => {
    for (const id of ['', '..', 'a b', 'a\nb', 'x'.repeat(501), {}, null]) {
      const submitted = serving(
        (_req, res) => res.end(JSON.stringify({ id })),
        (origin) => failureOf(tuzi({ ...settingsFor('tuzi', origin), ...times }).submit(clip, callOf('k'))),
      );
      assert.equal(meaningOf(await submitted), '7003 provider_bad_output unknown retry');
    }
  });

  it('ask for an odd id without leaving its path', async () => {
    let asked: string | undefined;
    await serving(
      (req, res) => {
        asked = req.url;
        res.end('{"status":"queued"}');
      },
      (origin) => tuzi({ ...settingsFor('tuzi', origin), ...times }).poll('../models?x#y', never),
    );
    assert.equal(asked, '/v1/videos/..%2Fmodels%3Fx%23y');
  });
});

describe('tuzi with look-up', () => {
  const sandbox = useSandbox('lookup');

  it('finds the clip whose submission was lost', async () => {
    const provider = tuzi({ ...settingsFor('tuzi', sandbox.url, 'lookup'), ...times });
    await sandbox.misbehave({ path: 'videos', fault: { lost: true } });
    await failureOf(provider.submit(clip, callOf('lost-1')));
    const found = await provider.lookup('lost-1', never);
    assert.equal(await provider.cancel(found?.vendorId ?? '', never), true);
    assert.equal(await provider.lookup('never-1', never), undefined);
  });
});
