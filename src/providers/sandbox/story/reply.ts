import { createRandom, pick, seedOf } from '../art/kit/random.ts';
import type { PlainMessage } from '../chat.ts';
import { roles } from '../words/cast.ts';
import { withArticles } from './english.ts';
import type { Idea } from './idea.ts';
import { readIdea } from './idea.ts';
import type { Tongue } from './nouns.ts';
import { placeNouns } from './nouns.ts';

type Openings = [string, ...string[]];
const openings: Record<Tongue, Openings> = {
  zh: ['「{words}」——这个想法很有画面感。', '我喜欢「{words}」！', '「{words}」，听起来是个好故事的开头。'],
  en: [
    '“{words}” — I can see it already.',
    'I like “{words}”!',
    '“{words}” sounds like the beginning of a good story.',
  ],
};
const closings: Record<Tongue, Openings> = {
  zh: [
    '告诉我想要几个场景、几位角色，我就可以把它写成剧本。',
    '要不要先定一下气氛：温暖一点，还是惊险一点？',
    '你更想从哪一幕开始？我可以先写剧本，再一幕一幕画出来。',
  ],
  en: [
    'Tell me how many scenes and characters you want, and I can write the screenplay.',
    'Shall it be warm or adventurous? Then I can write the screenplay.',
    'Which scene would you like to begin with? I can write the screenplay first and draw it scene by scene.',
  ],
};

/** What comes to mind from the subjects in the words, if there are any. */
function picture({ heroes, places }: Idea, tongue: Tongue): string {
  const [hero, place] = [heroes[0], places[0]];
  if (!hero && !place) return '';
  const who = hero
    ? tongue === 'zh'
      ? roles[hero.role].zh
      : withArticles(`a ${roles[hero.role].en}`)
    : tongue === 'zh'
      ? '主角'
      : 'somebody';
  const where = place ? placeNouns[place].where[tongue] : tongue === 'zh' ? '路上' : 'on the road';
  return tongue === 'zh'
    ? `我脑海里已经有了${who}${place ? `在${where}` : `走在${where}`}的第一个镜头。`
    : `I imagine the first shot: ${who}, ${where}, in soft light.`;
}

/** A short friendly answer that takes up the words of the last message, in its language. */
export function replyTo(messages: readonly PlainMessage[]): string {
  const last =
    messages
      .findLast(({ role }) => role === 'user')
      ?.text.replaceAll(/\s+/g, ' ')
      .trim() ?? '';
  const idea = readIdea(last);
  const tongue: Tongue = /[\u4e00-\u9fff]/.test(last) ? 'zh' : 'en';
  const random = createRandom(seedOf(last));
  const words = last.length > 60 ? `${last.slice(0, 60)}…` : last || '…';
  const parts = [
    pick(random, openings[tongue]).replace('{words}', () => words),
    picture(idea, tongue),
    pick(random, closings[tongue]),
  ];
  return parts.filter(Boolean).join(tongue === 'zh' ? '' : ' ');
}
