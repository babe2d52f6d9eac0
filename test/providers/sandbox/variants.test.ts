import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chooseCamera, moves } from '../../../src/providers/sandbox/clips/camera.ts';
import type { TestSandbox } from './client.ts';
import { Images, openSandbox, Video } from './client.ts';

const shaOf = async (url = '') =>
  createHash('sha256')
    .update(Buffer.from(await (await fetch(url)).arrayBuffer()))
    .digest('hex');

describe('what the sandbox makes of the same request bought again', () => {
  let sandbox: TestSandbox;
  beforeEach(async () => {
    sandbox = await openSandbox();
  });
  afterEach(() => sandbox.close());

  const sheet =
    'character sheet, front view, side view, back view of one character. Character Jun: a boy in a blue coat';
  const draw = async (key: string, prompt: string) => {
    const reply = await sandbox.draw(prompt, '256x144', { 'idempotency-key': key });
    return shaOf(Images.parse(await reply.json()).data[0].url);
  };
  const shoot = async (key: string) => {
    const reply = await sandbox.submit({ prompt: 'slow zoom in' }, { 'idempotency-key': key });
    return shaOf((await sandbox.finished(Video.parse(await reply.json()).id)).video_url);
  };

  for (const prompt of ['a quiet lake with a fox', sheet])
    it(`is another picture for another key, and the same for the same (${prompt.slice(0, 15)})`, async () => {
      const first = await draw('one', prompt);
      const second = await draw('two', prompt);
      assert.notEqual(first, second);
      assert.deepEqual([await draw('one', prompt), await draw('two', prompt)], [first, second]);
      const elsewhere = await openSandbox();
      const reply = await elsewhere.draw(prompt, '256x144', { 'idempotency-key': 'another' });
      const url = Images.parse(await reply.json()).data[0].url;
      assert.equal(await shaOf(url), first, 'the first is what it always was');
      await elsewhere.close();
    });

  it('is another move of the camera', async () => {
    const first = await shoot('one');
    assert.notEqual(await shoot('two'), first);
    assert.equal(await shoot('one'), first);
    assert.deepEqual([chooseCamera('zoom in', 0), chooseCamera('zoom in', 1)], ['in', 'out']);
    assert.equal(new Set(moves.map((_, variant) => chooseCamera('zoom in', variant))).size, moves.length);
  });
});
