import assert from 'node:assert/strict';
import { toCues, toVtt } from '../../src/media/subtitles.ts';
import { readSpoken } from '../../src/studio/spoken.ts';

const film = [
  'Night. A lighthouse <on> the cliff & a cat who writes a very long letter to the moon, page after page after page, until morning.',
  '猫写信给月亮，写了一页又一页，直到海面泛白，灯塔的光慢慢熄灭，她才把信折成一只小船，轻轻放进潮水里。',
  'The moon answers.',
];
const vtt = (texts: string[]) =>
  toVtt(toCues(texts.map((text, index) => ({ text, startSeconds: index * 5, seconds: 5 }))));

describe('what a film says, read from its subtitles', () => {
  const says = readSpoken(vtt(film));

  it('is every narration it was made from, in whatever lines and cues', () => {
    for (const text of film) assert.ok(says(text), text);
    assert.ok(says('  The moon\nanswers. '));
  });

  it('is nothing that was written since, nor a part of it that is no line of its own', () => {
    for (const text of ['The moon sleeps.', 'Night. A', 'answers.', `${film[0]} The moon`])
      assert.ok(!says(text), text);
  });
});
