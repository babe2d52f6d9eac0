import assert from 'node:assert/strict';
import { readScreenplay } from '../../src/film/screenplay.ts';
import { continued, partsOf } from '../../src/film/screenplayParts.ts';
import { expected, goodAnswer } from './screenplayAnswers.ts';

const split = (sceneCount: number, characterCount: number, most?: number) =>
  partsOf({ sceneCount, characterCount }, most).map(({ from, to }) => `${from}-${to}`);

describe('partsOf', () => {
  it('is one call wherever the answer fits', () => {
    assert.deepEqual(split(8, 2, 4095), ['1-8']);
    assert.deepEqual(split(7, 6, 4095), ['1-7']);
    assert.deepEqual(split(30, 8), ['1-30']);
  });

  it('shares the scenes evenly among the fewest calls', () => {
    assert.deepEqual(split(9, 2, 4095), ['1-5', '6-9']);
    assert.deepEqual(split(20, 6, 4095), ['1-7', '8-14', '15-20']);
    assert.deepEqual(split(30, 8, 4095), ['1-6', '7-14', '15-22', '23-30']);
  });

  it('leaves no scene out and writes none twice, whatever is asked of whatever model', () => {
    for (const most of [1, 500, 1024, 4095, 8192])
      for (let scenes = 1; scenes <= 30; scenes += 1)
        for (let characters = 0; characters <= 8; characters += 1) {
          const parts = partsOf({ sceneCount: scenes, characterCount: characters }, most);
          const numbers = parts.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at));
          assert.deepEqual(
            numbers,
            Array.from({ length: scenes }, (_, at) => at + 1),
            `${most} ${scenes} ${characters}`,
          );
        }
  });
});

describe('a later part of a screenplay', () => {
  const first = readScreenplay(JSON.stringify(goodAnswer()), expected);
  assert.ok('draft' in first);
  const { characters } = first.draft;
  const read = (answer: object) =>
    readScreenplay(JSON.stringify(answer), { ...expected, continues: { from: 4, characters } });

  it('goes on with numbers and characters, whatever it says about them', () => {
    const next = goodAnswer();
    const strangers = [{ name: 'Stranger', description: 'nobody knows' }];
    const scenes = next.scenes.map((scene) => ({ ...scene, characters: ['阿宝', 'Stranger'] }));
    for (const named of [[], strangers, undefined]) {
      const later = read({ ...next, scenes, characters: named });
      assert.ok('draft' in later, JSON.stringify(later));
      const whole = continued(first.draft, later.draft);
      assert.deepEqual(
        whole.scenes.map(({ sceneId }) => sceneId),
        [1, 2, 3, 4, 5, 6],
      );
      assert.deepEqual(whole.scenes[4]?.characters, ['阿宝']);
      assert.deepEqual([whole.title, whole.characters], [first.draft.title, characters]);
      assert.doesNotMatch(whole.scenes[3]?.imagePrompt ?? '', /brass bell/, 'looks are told in scene 1 only');
    }
  });

  it('has its faults numbered as in the answer, for asking again', () => {
    const next = goodAnswer();
    const [scene, ...others] = next.scenes;
    const faulty = read({ ...next, scenes: [{ ...scene, narration: 'The sea.' }, ...others] });
    assert.deepEqual(faulty, { faults: ['scenes.0.narration: must be in Chinese'] });
    assert.deepEqual(read({ ...next, scenes: others }), { faults: ['scenes: exactly 3 are needed, there are 2'] });
  });
});
