import assert from 'node:assert/strict';
import sharp from 'sharp';
import type { TestSandbox } from './client.ts';
import { Completion, Images, openSandbox, Problem, statusOf, Video } from './client.ts';

describe('the sandbox on the wire', () => {
  let sandbox: TestSandbox;
  before(async () => {
    sandbox = await openSandbox();
  });
  after(() => sandbox.close());

  it('answers a chat like an OpenAI-style vendor and takes up the words of the message', async () => {
    const answer = Completion.parse(await (await sandbox.chat('帮我想一个关于灯塔的故事')).json());
    assert.match(answer.choices[0].message.content, /灯塔/);
    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
  });

  it('streams the same words in chunks that end with [DONE]', async () => {
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'a lighthouse' }] }];
    const body = { model: 'glm-4', stream: true, messages };
    const text = await (await sandbox.post('/api/paas/v4/chat/completions', body)).text();
    const lines = text.split('\n\n').filter(Boolean);
    assert.equal(lines.at(-1), 'data: [DONE]');
    assert.match(lines.join(''), /lighthouse/);
    assert.match(lines.at(-2) ?? '', /"finish_reason":"stop".*"usage"/);
  });

  it('serves a picture of the asked size from its own origin', async () => {
    const { data } = Images.parse(await (await sandbox.draw('a fox in a forest', '320x180')).json());
    assert.ok(data[0].url?.startsWith(`${sandbox.url}/media/`));
    const reply = await fetch(data[0].url ?? '');
    const bytes = Buffer.from(await reply.arrayBuffer());
    assert.equal(reply.headers.get('content-length'), String(bytes.length));
    const { width, height, format } = await sharp(bytes).metadata();
    assert.deepEqual({ width, height, format }, { width: 320, height: 180, format: 'png' });
  });

  it('answers base64 where that is asked for', async () => {
    const body = { model: 'gemini', prompt: 'a lake', size: '64x64', response_format: 'b64_json' };
    const { data } = Images.parse(await (await sandbox.post('/v1/images/generations', body)).json());
    const { width } = await sharp(Buffer.from(data[0].b64_json ?? '', 'base64')).metadata();
    assert.equal(width, 64);
  });

  it('takes a clip, finishes it, and serves it at its URL and at /content', async () => {
    const submitted = Video.parse(await (await sandbox.submit({})).json());
    assert.equal(submitted.status, 'queued');
    const done = await sandbox.finished(submitted.id);
    assert.equal(done.status, 'completed');
    const [direct, content] = await Promise.all([
      fetch(done.video_url ?? ''),
      sandbox.get(`/v1/videos/${submitted.id}/content`),
    ]);
    const bytes = Buffer.from(await direct.arrayBuffer());
    assert.equal(bytes.subarray(4, 8).toString(), 'ftyp');
    assert.ok(bytes.equals(Buffer.from(await content.arrayBuffer())));
  });

  it('cancels a clip that is not finished', async () => {
    await sandbox.script([{ path: 'videos', nth: 1, fault: { neverDone: true } }]);
    const { id } = Video.parse(await (await sandbox.submit({ prompt: 'endless' })).json());
    const reply = await fetch(`${sandbox.url}/v1/videos/${id}`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer x' },
    });
    assert.equal(reply.status, 200);
    await reply.body?.cancel();
    assert.equal((await sandbox.finished(id)).error?.code, 'cancelled');
  });

  it('refuses calls without a key', async () => {
    const reply = await fetch(`${sandbox.url}/v1/images/generations`, { method: 'POST', body: '{}' });
    assert.equal(reply.status, 401);
    Problem.parse(await reply.json());
  });

  it('answers malformed requests like a vendor, and counts none of them', async () => {
    const before = (await sandbox.accepted()).length;
    const replies = [
      await sandbox.post('/v1/images/generations', '{"model":'),
      await sandbox.post('/v1/images/generations', { model: 'g', prompt: 'x', size: '9000x9000' }),
      await sandbox.post('/api/paas/v4/chat/completions', { model: 'g', messages: [] }),
      await sandbox.post('/v1/videos', { model: 'g' }),
      await sandbox.submit({ seconds: 'ten' }),
      await sandbox.submit({ input_reference: 'data:image/png;base64,AAAA' }),
      await sandbox.submit({ input_reference: 'http://example.org/frame.png' }),
    ];
    for (const reply of replies) {
      assert.equal(reply.status, 400);
      Problem.parse(await reply.json());
    }
    assert.equal((await sandbox.accepted()).length, before);
  });

  it('knows which requests came, accepted or not', async () => {
    const counts: unknown = await (await sandbox.get('/_sandbox/requests')).json();
    assert.ok(typeof counts === 'object' && counts !== null && 'videos' in counts && Number(counts.videos) >= 4);
  });

  it('answers 404 for an unknown clip and 405 for a wrong method', async () => {
    assert.equal(await statusOf(sandbox.get('/v1/videos/video_000000000000000000000000')), 404);
    assert.equal(await statusOf(sandbox.get('/v1/images/generations')), 405);
  });
});
