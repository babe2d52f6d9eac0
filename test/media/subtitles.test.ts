import assert from 'node:assert/strict';
import { breakLines } from '../../src/media/subtitleLines.ts';
import { cleanText, toCues, toSrt, toVtt } from '../../src/media/subtitles.ts';

const chinese =
  '一只想看海的小猫，踏上了穿越城市的旅程。夜色渐深，它独自走过安静的街道，抬头望见远方闪烁的灯火，心里仍然想着那片蓝色的大海。';
const english =
  'Two rival chefs, thrown together on a storm-tossed airship, find that neither can finish the banquet without the other.';

describe('subtitles', () => {
  it('breaks Chinese into lines of at most 20 characters, none beginning with closing punctuation', () => {
    const lines = breakLines(chinese);
    assert.equal(lines.join(''), chinese);
    for (const line of lines) {
      assert.ok([...line].length <= 20, line);
      assert.doesNotMatch(line, /^[，。！？、；：”』」]/);
    }
    assert.equal(lines[0], '一只想看海的小猫，踏上了穿越城市的旅程。');
  });

  it('breaks English between words, at most 42 characters a line', () => {
    const lines = breakLines(english);
    assert.equal(lines.join(' '), english);
    for (const line of lines) assert.ok(line.length <= 42, line);
  });

  it('keeps names whole inside Chinese and cuts only what no line can hold', () => {
    assert.ok(breakLines('小猫遇见了一位名叫Alexandrina的年轻船长。').some((line) => line.includes('Alexandrina')));
    for (const text of ['x'.repeat(100), `海${'！'.repeat(60)}`, '👩‍👩‍👧‍👧海'.repeat(30)]) {
      const lines = breakLines(text);
      assert.equal(lines.join(''), text);
      for (const line of lines) assert.ok([...line].length <= 42, line);
    }
  });

  it('shares the time of a long narration among cues of at most two lines', () => {
    const cues = toCues([
      { text: '开始。', startSeconds: 0, seconds: 5 },
      { text: chinese, startSeconds: 5, seconds: 10 },
      { text: '  ', startSeconds: 15, seconds: 5 },
    ]);
    assert.ok(cues.length >= 3);
    assert.equal(cues[1]?.startSeconds, 5);
    assert.ok(cues.every((cue) => cue.lines.length <= 2 && cue.endSeconds > cue.startSeconds && cue.endSeconds <= 15));
    for (const [index, cue] of cues.slice(1).entries()) assert.ok(cue.startSeconds >= (cues[index]?.endSeconds ?? 0));
  });

  it('ends cues and lines with a sentence, else with a clause, and only else in the middle of one', () => {
    const linesOf = (text: string) => toCues([{ text, startSeconds: 0, seconds: 10 }]).map(({ lines }) => lines);
    const kitten = '清晨的第一缕阳光照进小镇，街道还很安静。小猫团子望着远方，心里只有一个愿望，那就是去看一看大海。';
    assert.deepEqual(linesOf(kitten), [
      ['清晨的第一缕阳光照进小镇，街道还很安静。'],
      ['小猫团子望着远方，心里只有一个愿望，', '那就是去看一看大海。'],
    ]);
    const airship =
      'It is dawn, and all is quiet aboard the airship. Lucy the chef looks far into the distance, with one wish.';
    assert.deepEqual(linesOf(airship), [
      ['It is dawn,', 'and all is quiet aboard the airship.'],
      ['Lucy the chef looks far into the distance,', 'with one wish.'],
    ]);
    const unbroken = '小猫'.repeat(40);
    assert.equal(linesOf(unbroken).flat().join(''), unbroken);
    for (const text of [
      kitten,
      airship,
      chinese,
      english,
      `“${'走吧，'.repeat(30)}”她说。`,
      `It cost 3.5 ${'or so '.repeat(40)}.`,
    ]) {
      const lines = linesOf(text).flat();
      assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
      for (const line of lines) assert.ok([...line].length <= 42, line);
    }
  });

  it('leaves no rest of a word or two to flash by', () => {
    const narration =
      'It is dawn, and all is still quiet aboard the airship. Lucy the chef looks into the distance with a single wish: to cook together on a storm-tossed airship.';
    for (const text of [narration, chinese]) {
      for (const cue of toCues([{ text, startSeconds: 0, seconds: 5 }]))
        assert.ok(cue.endSeconds - cue.startSeconds > 1);
    }
  });

  it('writes SubRip and WebVTT with the times each format wants', () => {
    const cues = [{ startSeconds: 3599.9996, endSeconds: 3661.5, lines: ['Tom & <Jerry>', '第二行'] }];
    assert.equal(toSrt(cues), '1\n01:00:00,000 --> 01:01:01,500\nTom & ‹Jerry>\n第二行\n');
    assert.equal(toVtt(cues), 'WEBVTT\n\n01:00:00.000 --> 01:01:01.500\nTom &amp; &lt;Jerry&gt;\n第二行\n');
    assert.equal(toVtt([]), 'WEBVTT\n');
  });

  it('takes out controls, direction marks and arrows, and forges no cue', () => {
    const hostile = 'a\0b\u001b[31m\r\n\r\n2\n00:00:00,000 --> 00:00:09,000\u2028\u202egnp.exe\ufeff';
    assert.equal(cleanText(hostile), 'a b [31m 2 00:00:00,000 → 00:00:09,000 gnp.exe');
    assert.equal(toSrt(toCues([{ text: hostile, startSeconds: 0, seconds: 1 }])).match(/^\d+$/gm)?.length, 1);
  });

  it('stays fast on 100,000 characters of anything', () => {
    const from = performance.now();
    for (const text of ['海'.repeat(100_000), '（'.repeat(100_000), '-'.repeat(100_000), ' a'.repeat(50_000)])
      breakLines(cleanText(text));
    for (const text of ['海'.repeat(10_000), '，海'.repeat(10_000), 'a, '.repeat(10_000)])
      toCues([{ text, startSeconds: 0, seconds: 1 }]);
    assert.ok(performance.now() - from < 3_000);
  });
});
