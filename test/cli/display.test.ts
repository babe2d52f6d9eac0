import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { openDisplay, type Screen } from '../../src/cli/display.ts';
import type { ProgressData } from '../../src/cli/follow.ts';
import { barLines, changeLine, clock, shorten, widthOf } from '../../src/cli/lines.ts';
import { advance, expectedProgress, type FilmProgress } from '../../src/cli/progress.ts';
import { systemLanguage, words } from '../../src/cli/words.ts';

type Details = ProgressData['details'];

const event = (progress: number, details: Details, status: ProgressData['status'] = 'processing'): ProgressData => ({
  status,
  progress,
  details,
});
const drawn = (done: number): Details => ({ stage: 'images', step: 'drawSceneImage', done, total: 3 });
const start = expectedProgress({ scenes: 3, characters: 1 });
const told = (...events: ProgressData[]): FilmProgress => events.reduce(advance, start);

describe('advance', () => {
  it('knows what is to be done before anything is told', () => {
    assert.deepEqual(start.stages.clips, { done: 0, total: 3, share: 0 });
    assert.deepEqual(start.stages.characters, { done: 0, total: 1, share: 0 });
  });

  it('counts the stage that was told of, and the screenplay as written', () => {
    const progress = told(event(40, drawn(2)));
    assert.equal(progress.percent, 40);
    assert.deepEqual(progress.stages.images, { done: 2, total: 3, share: 2 / 3 });
    assert.equal(progress.stages.screenplay.done, 1);
    assert.equal(progress.stages.clips.done, 0);
  });

  it('never falls back', () => {
    assert.equal(told(event(40, drawn(2)), event(12, drawn(1))).percent, 40);
  });

  it('shows how far the cut is, and keeps other messages as words', () => {
    const cut: Details = { stage: 'film', step: 'assembleFilm', done: 0, total: 1, message: '45 %' };
    const progress = told(event(86, cut));
    assert.deepEqual(progress.stages.film, { done: 0, total: 1, share: 0.45 });
    assert.equal(progress.message, undefined);
    assert.equal(told(event(40, { ...drawn(2), message: 'refused' })).message, 'refused');
  });

  it('is complete when the film is', () => {
    const cut: Details = { stage: 'film', step: 'assembleFilm', done: 1, total: 1 };
    const { stages } = told(event(100, cut, 'completed'));
    assert.ok(Object.values(stages).every(({ done, total }) => done === total));
  });
});

describe('barLines', () => {
  const progress = told(event(40, drawn(2)));

  it('aligns the bars of stages and film', () => {
    const lines = barLines(progress, words.en, 72_000, 80);
    assert.equal(lines.length, 6);
    assert.match(lines[0] ?? '', /^Screenplay █{32} 1\/1$/);
    assert.match(lines[2] ?? '', /^Pictures {3}█{21}░{11} 2\/3$/);
    assert.match(lines[5] ?? '', /^Film {7}█{13}░{19} {2}40 % {2}1:12$/);
  });

  it('is never wider than the terminal, in either language', () => {
    for (const language of ['en', 'zh'] as const) {
      for (let columns = 1; columns < 100; columns++) {
        for (const line of barLines(progress, words[language], 3_723_000, columns)) {
          assert.ok(widthOf(line) <= columns, `${columns}: ${line}`);
        }
      }
    }
  });

  it('leaves the bar out where there is no room for it', () => {
    assert.equal(barLines(progress, words.en, 0, 16)[2], 'Pictures   2/3');
  });
});

describe('changeLine', () => {
  it('says what changed, and nothing where nothing did', () => {
    const before = told(event(34, drawn(2)));
    assert.equal(changeLine(before, advance(before, event(41, drawn(3))), words.en), ' 41 %  Pictures 3/3');
    assert.equal(changeLine(before, advance(before, event(34, drawn(2))), words.en), undefined);
    const refused = advance(before, event(34, { ...drawn(2), message: 'gemini refused this' }));
    assert.equal(changeLine(before, refused, words.en), ' 34 %  gemini refused this');
  });
});

describe('the width of text', () => {
  it('counts Chinese characters as two columns and marks what is cut off', () => {
    assert.equal(widthOf('海sea'), 5);
    assert.equal(shorten('看海的小猫', 7), '看海的…');
    assert.equal(shorten('sea', 3), 'sea');
  });

  it('writes times as clocks do', () => {
    assert.deepEqual([7_900, 754_000, 3_723_000].map(clock), ['0:07', '12:34', '1:02:03']);
  });
});

describe('systemLanguage', () => {
  it('is Chinese for Chinese locales and English for all others', () => {
    assert.deepEqual(['zh-CN', 'zh-Hant-TW', 'en-US', 'de'].map(systemLanguage), ['zh', 'zh', 'en', 'en']);
  });
});

function recorder(size: { isTTY?: boolean; columns?: number; rows?: number }) {
  const stream = new PassThrough();
  const screen: Screen = Object.assign(stream, size);
  return { screen, text: (): string => String(stream.read() ?? '') };
}

const esc = String.fromCharCode(27);

describe('openDisplay', () => {
  it('redraws bars in place on a terminal and leaves it as it was', () => {
    const { screen, text } = recorder({ isTTY: true, columns: 60, rows: 24 });
    const display = openDisplay({ screen, words: words.zh, since: performance.now() }, start);
    display.show(told(event(40, drawn(2))));
    display.note('重新连接');
    display.stop();
    display.stop();
    const written = text();
    assert.ok(written.includes(`${esc}[?25l`) && written.endsWith('\n'));
    assert.ok(written.lastIndexOf(`${esc}[?25h`) > written.lastIndexOf(`${esc}[?25l`), 'the cursor is back');
    assert.ok(written.lastIndexOf(`${esc}[?7h`) > written.lastIndexOf(`${esc}[?7l`), 'lines wrap again');
    assert.ok(written.includes(`${esc}[5A`), 'the cursor went up to the first bar');
    assert.ok(written.includes('画面 █') && written.includes('2/3') && written.includes('重新连接'));
  });

  it('writes one line for each change where there is no terminal', () => {
    const { screen, text } = recorder({});
    const display = openDisplay({ screen, words: words.en, since: 0 }, start);
    const steps = [event(8, { stage: 'screenplay', step: 'writeScreenplay', done: 1, total: 1 }), event(20, drawn(1))];
    let progress = start;
    for (const step of [...steps, event(20, drawn(1))]) {
      progress = advance(progress, step);
      display.show(progress);
    }
    display.stop();
    const lines = text().trimEnd().split('\n');
    assert.equal(lines.length, 2);
    assert.match(lines[1] ?? '', /^\d\d:\d\d:\d\d {3}20 % {2}Pictures 1\/3$/);
  });

  it('writes lines on a terminal too low for the bars', () => {
    const { screen, text } = recorder({ isTTY: true, columns: 60, rows: 5 });
    const display = openDisplay({ screen, words: words.en, since: 0 }, start);
    display.show(told(event(40, drawn(2))));
    display.stop();
    assert.ok(!text().includes(esc));
  });
});
