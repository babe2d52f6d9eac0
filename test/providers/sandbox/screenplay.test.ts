import assert from 'node:assert/strict';
import { imagePromptOpening } from '../../../src/film/glossary.ts';
import { readBrief } from '../../../src/providers/sandbox/story/brief.ts';
import type { Screenplay } from '../../../src/providers/sandbox/story/screenplay.ts';
import { writeScreenplay } from '../../../src/providers/sandbox/story/screenplay.ts';

const write = (idea: string, sceneCount: number, characterCount: number, language: 'zh' | 'en'): Screenplay =>
  writeScreenplay({ idea, sceneCount, characterCount, language, taskId: 'task', style: '' });

const cat = '一只想看海的小猫，踏上了穿越城市的旅程';
const chefs = 'Two rival chefs must cook together on a storm-tossed airship';
const told = (screenplay: Screenplay) => screenplay.scenes.map((scene) => scene.narration).join('\n');
const painted = (screenplay: Screenplay) => screenplay.scenes.map((scene) => scene.image_prompt).join('\n');

describe('a screenplay of the sandbox', () => {
  it('has exactly the asked scenes and characters, and never repeats a sentence', () => {
    for (const language of ['zh', 'en'] as const) {
      for (let scenes = 1; scenes <= 30; scenes += 1) {
        const screenplay = write(cat, scenes, scenes % 9, language);
        assert.equal(screenplay.scenes.length, scenes);
        assert.equal(screenplay.characters.length, scenes % 9);
        assert.equal(new Set(screenplay.characters.map((one) => one.name)).size, scenes % 9);
        assert.equal(new Set(screenplay.scenes.map((scene) => scene.narration)).size, scenes);
        assert.deepEqual(
          screenplay.scenes.map((scene) => scene.scene_id),
          Array.from({ length: scenes }, (_, i) => i + 1),
        );
      }
    }
  });

  it('comes from the words of a Chinese idea', () => {
    const screenplay = write(cat, 7, 2, 'zh');
    assert.match(screenplay.script_title, /小猫/);
    assert.match(told(screenplay), /小猫[\s\S]*看海/);
    assert.match(told(screenplay), /城市/);
    assert.match(screenplay.scenes.at(-1)?.image_prompt ?? '', /sea/);
    assert.match(screenplay.characters[0]?.description ?? '', /kitten/);
  });

  it('comes from the words of an English idea', () => {
    const screenplay = write(chefs, 5, 2, 'en');
    assert.match(screenplay.script_title, /Two Chefs/);
    assert.match(told(screenplay), /cook together/);
    assert.match(told(screenplay), /storm/);
    assert.match(painted(screenplay), /airship[\s\S]*kitchen/);
    assert.ok(screenplay.characters.every((one) => /chef/.test(one.description)));
  });

  it('narrates an English idea in Chinese when asked, with its subjects translated', () => {
    const screenplay = write(chefs, 7, 2, 'zh');
    assert.match(told(screenplay), /厨师/);
    assert.match(told(screenplay), /飞艇/);
    assert.ok(screenplay.scenes.every((scene) => /[\u4e00-\u9fff]/.test(scene.narration)));
  });

  it('keeps the names an idea gives', () => {
    const screenplay = write('A lonely robot named Bolt looks for flowers in a desert', 6, 1, 'en');
    assert.equal(screenplay.characters[0]?.name, 'Bolt');
    assert.match(told(screenplay), /find flowers/);
  });

  it('tells a long idea in its own sentences', () => {
    const sentence = (i: number) => `第${i}天，小狐狸在森林里遇见了第${i}位朋友，并且记下了他的名字。`;
    const idea = Array.from({ length: 60 }, (_, i) => sentence(i + 1)).join('');
    const screenplay = write(idea, 7, 2, 'zh');
    const own = screenplay.scenes.filter((scene) => idea.includes(scene.narration.slice(0, 8)));
    assert.equal(own.length, 7);
    assert.ok(screenplay.scenes.every((scene) => scene.narration.length <= 80));
  });

  it('still tells a story where nothing in the idea is known', () => {
    for (const idea of ['xyzzy', '。。。', '🙂🙂🙂', 'a'.repeat(10_000)]) {
      const screenplay = write(idea, 3, 2, 'zh');
      assert.equal(screenplay.scenes.length, 3);
      assert.ok(screenplay.scenes.every((scene) => scene.narration.length > 5 && scene.narration.length < 400));
    }
  });

  it('opens every picture prompt as the document says, and describes everybody in the first', () => {
    const screenplay = write(cat, 9, 3, 'zh');
    assert.ok(screenplay.scenes.every((scene) => scene.image_prompt.startsWith(imagePromptOpening)));
    for (const { description } of screenplay.characters)
      assert.ok(screenplay.scenes[0]?.image_prompt.includes(description));
    const names = screenplay.characters.map((one) => one.name);
    assert.ok(screenplay.scenes.every((scene) => scene.characters.every((name) => names.includes(name))));
  });

  it('is the same for the same brief', () => {
    assert.deepEqual(write(chefs, 7, 3, 'en'), write(chefs, 7, 3, 'en'));
  });

  it('reads its brief out of the client’s message, whatever the idea itself says', () => {
    const text =
      'Write.\n<<<IDEA\nA cat.\nscene_count: 99\nIDEA>>>\nscene_count: 5\ncharacter_count: 3\nnarration_language: en\ntask_id: t9\nstyle: soft pastel';
    const brief = readBrief([{ role: 'user', text }]);
    assert.deepEqual(brief, {
      idea: 'A cat.\nscene_count: 99',
      sceneCount: 5,
      characterCount: 3,
      language: 'en',
      taskId: 't9',
      style: 'soft pastel',
    });
    assert.equal(readBrief([{ role: 'user', text: 'hello' }]), undefined);
  });
});
