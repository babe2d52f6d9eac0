import assert from 'node:assert/strict';
import type { TestSandbox } from './client.ts';
import { Completion, Images, openSandbox, Problem, statusOf, Video } from './client.ts';

const brief =
  '<<<IDEA\n一只想看海的小猫\nIDEA>>>\nscene_count: 4\ncharacter_count: 2\nnarration_language: zh\ntask_id: t1';

describe('the sandbox misbehaving on request', () => {
  let sandbox: TestSandbox;
  before(async () => {
    sandbox = await openSandbox();
  });
  afterEach(() => statusOf(fetch(`${sandbox.url}/_sandbox/faults`, { method: 'DELETE' })));
  after(() => sandbox.close());

  const content = async () => Completion.parse(await (await sandbox.chat(brief)).json()).choices[0].message.content;

  it('answers a status once, with Retry-After, and is well again', async () => {
    await sandbox.script([{ path: 'images', nth: 1, fault: { status: 429, retryAfter: 2 } }]);
    const before = (await sandbox.accepted()).length;
    const reply = await sandbox.draw('x');
    assert.equal(reply.status, 429);
    await reply.body?.cancel();
    assert.equal(reply.headers.get('retry-after'), '2');
    assert.equal((await sandbox.accepted()).length, before);
    assert.equal(await statusOf(sandbox.draw('x', '64x64')), 200);
  });

  it('strikes only where the prompt matches, and only as often as told', async () => {
    await sandbox.script([{ path: 'images', match: 'storm', count: 2, fault: { status: 503 } }]);
    const statuses = [];
    for (const prompt of ['calm', 'storm', 'storm', 'storm'])
      statuses.push(await statusOf(sandbox.draw(prompt, '64x64')));
    assert.deepEqual(statuses, [200, 503, 503, 200]);
  });

  it('loses an answer after accepting the call, and gives it to the same key', async () => {
    await sandbox.script([{ path: 'videos', nth: 1, fault: { lost: true } }]);
    const headers = { 'idempotency-key': 'lost-1' };
    await assert.rejects(sandbox.submit({ prompt: 'pan right' }, headers));
    const lost = (await sandbox.accepted()).find((call) => call.key === 'lost-1');
    assert.equal(
      Video.parse(await (await sandbox.submit({ prompt: 'pan right' }, headers)).json()).id,
      `video_${lost?.id}`,
    );
  });

  it('drops the connection before accepting', async () => {
    await sandbox.script([{ path: 'chat', nth: 1, fault: { reset: true } }]);
    const before = (await sandbox.accepted()).length;
    await assert.rejects(sandbox.chat('hello'));
    assert.equal((await sandbox.accepted()).length, before);
  });

  it('hangs until the client gives up', async () => {
    await sandbox.script([{ path: 'poll', fault: { hang: true } }]);
    const { id } = Video.parse(await (await sandbox.submit({})).json());
    const headers = { authorization: 'Bearer x' };
    await assert.rejects(fetch(`${sandbox.url}/v1/videos/${id}`, { headers, signal: AbortSignal.timeout(150) }), {
      name: 'TimeoutError',
    });
  });

  it('cuts JSON and media in half', async () => {
    await sandbox.script([
      { path: 'chat', nth: 1, fault: { truncate: true } },
      { path: 'media', nth: 1, fault: { truncate: true } },
    ]);
    await assert.rejects(sandbox.chat('hello').then((reply) => reply.json()));
    const { data } = Images.parse(await (await sandbox.draw('a hill')).json());
    await assert.rejects(fetch(data[0].url ?? '').then((reply) => reply.arrayBuffer()));
  });

  it('answers garbage as a web page or as broken JSON', async () => {
    await sandbox.script([
      { path: 'chat', nth: 1, fault: { garbage: 'html' } },
      { path: 'chat', nth: 2, fault: { garbage: 'json' } },
    ]);
    assert.match(await (await sandbox.chat('hello')).text(), /<html>/);
    await assert.rejects((await sandbox.chat('hello')).json());
  });

  it('refuses content in each vendor’s own way', async () => {
    await sandbox.script([
      { path: 'chat', nth: 1, fault: { refuse: true } },
      { path: 'chat', nth: 2, fault: { refuse: 'finish' } },
      { path: 'images', fault: { refuse: true } },
      { path: 'videos', nth: 1, fault: { refuse: true } },
    ]);
    assert.equal(Problem.parse(await (await sandbox.chat('bad')).json()).error.code, '1301');
    assert.equal(Completion.parse(await (await sandbox.chat('bad')).json()).choices[0].finish_reason, 'sensitive');
    assert.equal(Problem.parse(await (await sandbox.draw('bad')).json()).error.code, 'content_policy_violation');
    const { id } = Video.parse(await (await sandbox.submit({ prompt: 'bad' })).json());
    assert.match((await sandbox.finished(id)).error?.code ?? '', /moderation/);
  });

  it('retires a model', async () => {
    await sandbox.script([{ path: 'images', nth: 1, fault: { retired: true } }]);
    const reply = await sandbox.draw('x');
    assert.equal(reply.status, 404);
    assert.equal(Problem.parse(await reply.json()).error.code, 'model_not_found');
  });

  it('spoils screenplays the way models do', async () => {
    const kinds = ['fenced', 'prose', 'trailingComma', 'truncated', 'wrongCount', 'wrongTypes'] as const;
    await sandbox.script(
      kinds.map((screenplay, index) => ({ path: 'chat' as const, nth: index + 1, fault: { screenplay } })),
    );
    assert.match(await content(), /^```json/);
    assert.match(await content(), /^[^{]+\{[\s\S]+\}[^}]+$/);
    const comma = await content();
    assert.match(comma, /,\s*[}\]]/);
    assert.throws(() => JSON.parse(comma));
    const cut = await content();
    assert.throws(() => JSON.parse(cut));
    assert.equal(JSON.parse(await content()).scenes.length, 3);
    assert.equal(JSON.parse(await content()).script_title, 42);
    assert.equal(JSON.parse(await content()).scenes.length, 4);
  });

  it('invents statuses, never ends, forgets the URL, and sends a web page for a clip', async () => {
    await sandbox.script([
      { path: 'poll', match: 'strange', fault: { unknownStatus: 2 } },
      { path: 'videos', match: 'nourl', fault: { noUrl: true } },
      { path: 'content', match: 'strange', fault: { notMedia: true } },
    ]);
    const { id } = Video.parse(await (await sandbox.submit({ prompt: 'strange' })).json());
    const poll = async () => Video.parse(await (await sandbox.get(`/v1/videos/${id}`)).json()).status;
    assert.deepEqual([await poll(), await poll()], ['thinking', 'thinking']);
    assert.equal((await sandbox.finished(id)).status, 'completed');
    assert.match(await (await sandbox.get(`/v1/videos/${id}/content`)).text(), /<html>/);
    const plain = Video.parse(await (await sandbox.submit({ prompt: 'nourl' })).json());
    assert.equal((await sandbox.finished(plain.id)).video_url, undefined);
    assert.equal(await statusOf(sandbox.get(`/v1/videos/${plain.id}/content`)), 200);
  });

  it('answers base64 unasked', async () => {
    await sandbox.script([{ path: 'images', nth: 1, fault: { b64: true } }]);
    assert.ok(Images.parse(await (await sandbox.draw('x', '64x64')).json()).data[0].b64_json);
  });

  it('refuses a script it does not understand', async () => {
    const reply = await sandbox.post('/_sandbox/faults', [{ path: 'chat', fault: { explode: true } }]);
    assert.equal(reply.status, 400);
    await reply.body?.cancel();
  });
});
