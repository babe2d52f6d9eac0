import assert from 'node:assert/strict';
import { imagePromptOpening, type ScreenplayDraft } from '../../src/film/glossary.ts';
import { shortened } from '../../src/film/narration.ts';
import { readScreenplay, type ScreenplayExpectation } from '../../src/film/screenplay.ts';
import { cast, expected, goodAnswer } from './screenplayAnswers.ts';

const good = goodAnswer();
const text = JSON.stringify(good, undefined, 2);

function draftOf(answer: string | object, asked: Partial<ScreenplayExpectation> = {}): ScreenplayDraft {
  const read = readScreenplay(typeof answer === 'string' ? answer : JSON.stringify(answer), { ...expected, ...asked });
  assert.ok('draft' in read, `faults: ${'faults' in read ? read.faults.join('; ') : ''}`);
  return read.draft;
}

function faultsOf(answer: string | object, asked: Partial<ScreenplayExpectation> = {}): string {
  const read = readScreenplay(typeof answer === 'string' ? answer : JSON.stringify(answer), { ...expected, ...asked });
  assert.ok('faults' in read && read.faults.length > 0, 'the answer was taken');
  return read.faults.join('\n');
}

const withScene = (index: number, change: object) => ({
  ...good,
  scenes: good.scenes.map((scene, at) => (at === index ? { ...scene, ...change } : scene)),
});

describe('readScreenplay takes', () => {
  it('a plain answer as it is', () => {
    const draft = draftOf(text);
    assert.equal(draft.title, '看海');
    assert.deepEqual(draft.characters, cast);
    assert.deepEqual(
      draft.scenes.map((scene) => [scene.sceneId, scene.characters]),
      [1, 2, 3].map((id) => [id, ['Mimi']]),
    );
    assert.equal(draft.scenes[1]?.imagePrompt, good.scenes[1]?.image_prompt);
  });

  const dressed: Record<string, string> = {
    'a fenced answer': `\`\`\`json\n${text}\n\`\`\``,
    'an answer with prose around it': `Of course! {note} Here it is:\n\n${text}\n\nTell me [if] you want {changes}.`,
    'trailing commas': text.replaceAll(/"\n(\s*)\}/g, '",\n$1}').replaceAll(/\}\n(\s*)\]/g, '},\n$1]'),
    'a byte order mark': `\ufeff${text}`,
    'the thoughts of a reasoning model before it': `<think>maybe {"scenes": []}?</think>\n${text}`,
    'comments between the fields': text.replace('"scenes"', '// the scenes\n"scenes"'),
    'single quotes': "{'script_title':'看海','scenes':[],'characters':[]}",
    'a missing last bracket': text.trimEnd().slice(0, -1),
    'a wrapper called data': JSON.stringify({ code: 200, data: { screenplay: good } }),
    'a list with the one object in it': JSON.stringify([good]),
    'a key given twice': text.replace('"script_title"', '"script_title": "first", "script_title"'),
    'numbers as strings': JSON.stringify(withScene(0, { scene_id: '1' })),
    'camelCase names': text.replaceAll('image_prompt', 'imagePrompt').replaceAll('video_prompt', 'videoPrompt'),
  };
  for (const [name, answer] of Object.entries(dressed)) {
    it(name, () => {
      const empty = name === 'single quotes' ? { sceneCount: 0, characterCount: 0 } : {};
      assert.equal(draftOf(answer, empty).title, '看海');
    });
  }

  it('the answer of a model that stopped for length, if it is whole all the same', () => {
    assert.equal(draftOf(text, { complete: false }).scenes.length, 3);
  });

  it('a bare list of scenes where no characters are asked for', () => {
    assert.equal(draftOf(good.scenes, { characterCount: 0 }).scenes.length, 3);
  });

  it('prompts in which a Chinese name is called', () => {
    const answer = withScene(1, { image_prompt: '阿宝阿宝阿宝 runs', video_prompt: '阿宝 runs' });
    assert.equal(draftOf(answer).scenes[1]?.videoPrompt, '阿宝 runs');
  });

  it('English narration with a foreign name in it', () => {
    const scenes = good.scenes.map((scene) => ({ ...scene, narration: 'Mimi and 阿宝 look at the sea.' }));
    assert.equal(draftOf({ ...good, scenes }, { language: 'en' }).scenes.length, 3);
  });
});

describe('readScreenplay repairs', () => {
  it('scene numbers, by the order of the scenes', () => {
    const scenes = good.scenes.map((scene, index) => ({ ...scene, scene_id: [7, 'two', null][index] }));
    assert.deepEqual(
      draftOf({ ...good, scenes }).scenes.map((scene) => scene.sceneId),
      [1, 2, 3],
    );
  });

  it('a missing or differently written opening of an image prompt', () => {
    const answer = withScene(1, { image_prompt: 'a cat on a roof' });
    assert.equal(draftOf(answer).scenes[1]?.imagePrompt, `${imagePromptOpening}, a cat on a roof`);
    const shouted = withScene(1, { image_prompt: `${imagePromptOpening.toUpperCase()}. A cat` });
    assert.equal(draftOf(shouted).scenes[1]?.imagePrompt, `${imagePromptOpening}, A cat`);
  });

  it('a first picture that leaves a character out', () => {
    const prompt = draftOf(good).scenes[0]?.imagePrompt ?? '';
    for (const { name, description } of cast) assert.ok(prompt.includes(`${name}: ${description}`), prompt);
  });

  it('nothing in a first picture that describes everybody', () => {
    const looks = `${cast[1]?.description}; Mimi, the small orange kitten, green eyes, red scarf`;
    const prompt = `${imagePromptOpening}, a roof, ${looks}`;
    assert.equal(draftOf(withScene(0, { image_prompt: prompt })).scenes[0]?.imagePrompt, prompt);
  });

  it('the cast of a scene that names strangers, nobody, or itself in another spelling', () => {
    const castOf = (change: object) => draftOf(withScene(1, change)).scenes[1]?.characters;
    assert.deepEqual(castOf({ characters: ['MIMI ', 'Nobody', 'mimi'] }), ['Mimi']);
    assert.deepEqual(castOf({ characters: ['Nobody'] }), ['Mimi']);
    assert.deepEqual(castOf({ characters: [] }), []);
    assert.deepEqual(castOf({ characters: [{ name: '阿宝' }] }), ['阿宝']);
    assert.deepEqual(castOf({ characters: 'Mimi、阿宝' }), ['Mimi', '阿宝']);
    assert.deepEqual(castOf({ characters: undefined, narration: '阿宝和Mimi在一起。' }), ['Mimi', '阿宝']);
    const elsewhere = {
      narration: '他们走了。',
      image_prompt: 'x',
      video_prompt: 'mimicry',
      character_description: '',
    };
    assert.deepEqual(castOf({ characters: undefined, ...elsewhere }), []);
  });

  it('a missing description of those in a scene and a missing title', () => {
    const answer = { ...withScene(1, { character_description: null }), script_title: undefined };
    const draft = draftOf(answer);
    assert.equal(draft.scenes[1]?.characterDescription, `Mimi: ${cast[0]?.description}`);
    assert.equal(draft.title, '第1天，Mimi望着远处的大海');
  });

  it('control characters, direction overrides, broken surrogates and line breaks', () => {
    const nasty = '大海\u0000\u0007\u202e\r\n  \ud83c 在  前方\u2028🐱';
    assert.equal(draftOf(withScene(1, { narration: nasty })).scenes[1]?.narration, '大海 \ufffd 在 前方 🐱');
  });

  it('texts that are too long, without cutting a character in two', () => {
    const long = (unit: string) => `海${unit.repeat(6000)}`;
    const scene = draftOf(withScene(1, { narration: long('🐱'), image_prompt: long('ab '), video_prompt: long('c') }))
      .scenes[1];
    assert.ok((scene?.narration.length ?? 0) <= 120);
    assert.ok(scene?.narration.isWellFormed());
    assert.ok((scene?.imagePrompt.length ?? 0) <= 4000);
    assert.equal(scene?.videoPrompt.length, 4000);
  });
});

describe('the narration of a scene', () => {
  const narrated = (narration: string, language: 'zh' | 'en' = 'zh') => shortened(narration, language);

  it('stays as it is while it can be spoken over the scene', () => {
    for (const words of [
      '天亮了。小猫望着远方！',
      '“走吧！”她说。“好！”',
      '没有句号',
      'It cost 3.50 in all. “Go!” she said.',
    ])
      assert.equal(narrated(words, /^\p{Script=Latin}/u.test(words) ? 'en' : 'zh'), words);
  });

  it('ends with a sentence where it is too long', () => {
    const long = `${'海'.repeat(50)}。${'山'.repeat(50)}！${'风'.repeat(50)}。`;
    assert.equal(narrated(long), `${'海'.repeat(50)}。${'山'.repeat(50)}！`);
    assert.equal(narrated(`${'海'.repeat(30)}。${'山'.repeat(100)}。`), `${'海'.repeat(30)}。`);
    const english = 'The kitten walks on and on through the sleeping city. '.repeat(9).trim();
    assert.equal(narrated(english, 'en'), 'The kitten walks on and on through the sleeping city. '.repeat(2).trim());
  });

  it('ends with a clause, or is cut, where one sentence alone is too long', () => {
    assert.equal(
      narrated(`${'海'.repeat(60)}，${'山'.repeat(45)}，${'风'.repeat(60)}。`),
      `${'海'.repeat(60)}，${'山'.repeat(45)}。`,
    );
    assert.equal(narrated('海'.repeat(450)), `${'海'.repeat(119)}…`);
  });

  it('is kept short in what is read', () => {
    const read = draftOf(withScene(1, { narration: '小猫走了很远很远的路，终于看见了大海。'.repeat(24) }));
    assert.equal(read.scenes[1]?.narration, '小猫走了很远很远的路，终于看见了大海。'.repeat(3));
  });
});

describe('readScreenplay asks again for', () => {
  const scenes = (count: number) => Array.from({ length: count }, () => good.scenes[0]);
  const cutInScene = text.slice(0, text.indexOf('"video_prompt"', text.indexOf('"scene_id": 3')));
  const twins = good.characters.map((one) => ({ ...one, name: 'Mimi' }));
  const bad: Record<string, [string | object, RegExp]> = {
    nothing: ['', /no readable JSON/],
    'a polite refusal': ['I am sorry, I cannot help with that.', /no readable JSON/],
    'an answer cut in a string': [text.slice(0, text.indexOf('push in', text.indexOf('"scene_id": 3'))), /cut off/],
    'an answer cut between the fields of the last scene': [cutInScene, /cut off/],
    'an answer cut between two scenes': [text.slice(0, text.indexOf('{', text.indexOf('"scene_id": 2'))), /exactly 3/],
    'an answer cut in the last description': [text.slice(0, text.indexOf('brass bell')), /cut off/],
    'too few scenes': [{ ...good, scenes: scenes(2) }, /exactly 3 are needed, there are 2/],
    'ten thousand scenes': [{ ...good, scenes: Array(10_000).fill(0) }, /exactly 3 are needed, there are 10000/],
    'no characters': [{ ...good, characters: undefined }, /exactly 2 are needed, there are 0/],
    'a third character': [{ ...good, characters: [...cast, { name: 'X', description: 'y' }] }, /exactly 2/],
    'two characters of one name': [{ ...good, characters: twins }, /another character has this name/],
    'a nameless character': [
      { ...good, characters: [cast[0], { name: ' \u200b', description: 'x' }] },
      /1\.name: is empty/,
    ],
    'narration as a list': [withScene(1, { narration: ['海'] }), /scenes\.1\.narration/],
    'a missing video prompt': [withScene(2, { video_prompt: undefined }), /scenes\.2\.video_prompt/],
    'an empty image prompt': [withScene(2, { image_prompt: ' \n' }), /scenes\.2\.image_prompt: is empty/],
    'a numeric title': [{ ...good, script_title: 42 }, /script_title/],
    'characters as an object': [{ ...good, characters: { Mimi: 'x', Bo: 'y' } }, /characters/],
    'narration in the wrong language': [
      withScene(0, { narration: 'The sea.' }),
      /scenes\.0\.narration: must be in Chinese/,
    ],
    'a Chinese image prompt': [
      withScene(1, { image_prompt: 'anime style, manga art, 2D animation, cel shaded, 小猫坐在屋顶上看海' }),
      /scenes\.1\.image_prompt: must be in English/,
    ],
    'a Chinese video prompt': [
      withScene(2, { video_prompt: 'Mimi 慢慢转过头，镜头推近' }),
      /scenes\.2\.video_prompt: must be in English/,
    ],
    'brackets nested without end': ['['.repeat(100_000), /nested/],
    'a megabyte of text': ['a'.repeat(1_000_000), /longer than/],
    'a web page': ['<html><body>502</body></html>', /no readable JSON/],
  };
  for (const [name, [answer, fault]] of Object.entries(bad)) {
    it(name, () => assert.match(faultsOf(answer), fault));
  }

  it('Chinese narration where English is asked for', () => {
    assert.match(faultsOf(good, { language: 'en' }), /must be in English/);
  });

  it('an answer the vendor stopped, naming length as the reason', () => {
    assert.match(faultsOf(text.slice(0, 900), { complete: false }), /too long, be briefer/);
  });
});
