import assert from 'node:assert/strict';
import { readDirection } from '../../../src/providers/sandbox/art/direction.ts';
import { pictureSvg } from '../../../src/providers/sandbox/art/picture.ts';
import { airOf } from '../../../src/providers/sandbox/clips/drift.ts';
import type { Screenplay } from '../../../src/providers/sandbox/story/screenplay.ts';
import { writeScreenplay } from '../../../src/providers/sandbox/story/screenplay.ts';

const write = (idea: string, language: 'zh' | 'en' = 'zh', sceneCount = 5, characterCount = 2): Screenplay =>
  writeScreenplay({ idea, sceneCount, characterCount, language, taskId: 'task', style: '' });
const told = ({ scenes }: Screenplay) => scenes.map(({ narration }) => narration).join('\n');
const painted = ({ scenes }: Screenplay) => scenes.map(({ image_prompt }) => image_prompt).join('\n');
const looks = ({ characters }: Screenplay) => characters.map(({ description }) => description);

describe('the sandbox takes a plain sentence at its word:', () => {
  it('what it says somebody does is the wish', () => {
    const wishes: [string, 'zh' | 'en', string][] = [
      ['两个人在月球上种西瓜', 'zh', '在月球上种西瓜'],
      ['熊猫开了一家咖啡馆', 'zh', '开一家咖啡馆'],
      ['一条龙学做面包', 'zh', '学会做面包'],
      ['A violinist plays for ghosts', 'en', 'play for ghosts'],
      ['A panda opens a coffee shop', 'en', 'open a coffee shop'],
      ['Two people carry a piano up a mountain', 'en', 'carry a piano up a mountain'],
      ['An old fisherman and a talking fish', 'en', 'become true friends'],
      ['The last library on Mars', 'en', 'find the last library on Mars'],
    ];
    for (const [idea, language, wish] of wishes) {
      const words = told(write(idea, language));
      assert.ok(words.includes(wish), `${idea}: ${words}`);
    }
  });

  it('who it names is the cast, in the colours of their kind', () => {
    const [fisherman, fish] = looks(write('An old fisherman and a talking fish', 'en'));
    assert.match(fisherman ?? '', /^an elderly fisherman .* silver hair and a white beard/);
    assert.match(fish ?? '', /^a small fish with \w+( \w+)? scales/);
    assert.equal(readDirection(`Character Nutmeg: ${fish}`).cast[0]?.species, 'fish');
    assert.match(looks(write('熊猫开了一家咖啡馆'))[0] ?? '', /panda with white fur and black paws/);
    assert.match(looks(write('两个人在月球上种西瓜')).join(), /a tall woman .*a tall man /);
    assert.match(looks(write('A violinist plays for ghosts', 'en'))[1] ?? '', /ghost/);
  });

  it('what and where it names is seen', () => {
    assert.match(painted(write('两个人在月球上种西瓜')), /moon.*with a watermelon/);
    assert.match(painted(write('A violinist plays for ghosts', 'en')), /with a violin/);
    const mars = write('The last library on Mars', 'en');
    assert.match(painted(mars), /the red surface of Mars[\s\S]*library/);
    assert.equal(readDirection(mars.scenes[0]?.image_prompt ?? '').place, 'mars');
    assert.doesNotMatch(told(mars), /moon/);
    assert.match(write('熊猫开了一家咖啡馆').scenes.at(-1)?.image_prompt ?? '', /kitchen/);
  });

  it('its title is made of it', () => {
    const titles: [string, 'zh' | 'en', string][] = [
      ['两个人在月球上种西瓜', 'zh', '两个人在月球上种西瓜'],
      ['A violinist plays for ghosts', 'en', 'The Violinist and the Ghosts'],
      ['The last library on Mars', 'en', 'The Last Library on Mars'],
      ['Two boys', 'en', 'Two Boys’ Journey'],
      ['小狐狸在雪夜里寻找走失的星星', 'zh', '小狐狸在雪夜里寻找走失的星星'],
      ['海底城市举办了一场灯笼节', 'zh', '举办一场灯笼节'],
      ['A girl delivers letters to the clouds by bicycle', 'en', 'The Girl and the Clouds'],
      ['An old fisherman and a talking fish', 'en', 'The Fisherman and the Fish'],
    ];
    for (const [idea, language, title] of titles) assert.equal(write(idea, language).script_title, title);
  });

  it('words nobody knows are not recited', () => {
    const idea = 'blorf zindle kwux and other unheard things that make no sense to anybody';
    assert.doesNotMatch(told(write(idea, 'en')), /blorf|zindle/);
  });

  it('articles go with the word behind them', () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const film = write(`An inventor, an owl and an astronaut, film ${seed}`, 'en', 5, 6);
      assert.doesNotMatch([told(film), painted(film), looks(film)].join('\n'), /\ba [aeiou]/i);
    }
  });
});

describe('a film of the sandbox', () => {
  it('without characters shows and names nobody', () => {
    for (const language of ['zh', 'en'] as const) {
      const film = write('一个女孩和一只小猫在海边', language, 30, 0);
      assert.deepEqual(film.characters, []);
      assert.doesNotMatch(told(film), /女孩|小猫|girl|kitten/);
      assert.equal(new Set(film.scenes.map(({ narration }) => narration)).size, 30);
      for (const { image_prompt } of film.scenes) assert.deepEqual(readDirection(image_prompt).cast, []);
    }
  });

  it('tells its moments in other words than the next one', () => {
    const ideas = ['一只小狗', '一只狐狸', '一位船长', '一个机器人', '一只兔子', '一位画家', '一只猫头鹰', '一位骑士'];
    const openings = ideas.map((idea) => {
      const film = write(idea, 'zh', 5, 1);
      const [hero] = film.characters;
      return film.scenes[0]?.narration.replaceAll(hero?.name ?? '', '').slice(-8, -4) && film.scenes.at(-1)?.narration;
    });
    assert.ok(new Set(openings).size >= 6, openings.join('\n'));
  });
});

describe('the weather of the sandbox', () => {
  const rainInFront = '#e6f1ff';

  it('stays outside: rooms and roofed places show it behind windows and trains only', () => {
    for (const place of ['cosy kitchen', 'inventor workshop', 'crystal cave', 'small train station', 'old library'])
      assert.ok(!pictureSvg(`medium shot of a ${place} in the afternoon, rain`, 640, 360).includes(rainInFront), place);
    assert.ok(pictureSvg('medium shot of a park in the afternoon, rain', 640, 360).includes(rainInFront));
  });

  it('falls in a clip only where it falls in its picture', () => {
    const ideas = ['Two rival chefs must cook together on a storm-tossed airship', 'a robot in a library in the rain'];
    for (const idea of [...ideas, '一只小猫在山洞里找妈妈', 'a snowy day at the train station'])
      for (const { image_prompt, video_prompt } of write(idea, 'en', 20).scenes) {
        const { place, weather } = readDirection(image_prompt);
        const inside = ['kitchen', 'bedroom', 'workshop', 'library', 'cave', 'station'].includes(place);
        const air = airOf(video_prompt);
        if (inside) assert.equal(air, 'motes', `${place}: ${video_prompt}`);
        if (weather !== 'rain' && weather !== 'storm') assert.notEqual(air, 'rain', `${weather}: ${video_prompt}`);
      }
  });

  it('storms at an airship, not at an island, where the story is on board', () => {
    const film = write('Two rival chefs must cook together on a storm-tossed airship', 'en', 7);
    const stormy = film.scenes
      .map(({ image_prompt }) => readDirection(image_prompt))
      .filter(({ weather }) => weather === 'storm');
    assert.ok(
      stormy.length > 0 &&
        stormy.every(({ place }) => ['airshipDeck', 'kitchen', 'bedroom', 'workshop'].includes(place)),
    );
    assert.ok(stormy.some(({ place }) => place === 'airshipDeck'));
  });
});
