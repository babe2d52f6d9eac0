import { type FilmParams, usualFilm } from '../bench/kit/filming.ts';
import { longStory } from './longStory.ts';
import { sidewaysPhotograph, transparentFox } from './photographs.ts';

export interface Photograph {
  filename: string;
  mimeType: string;
  bytes(): Promise<Buffer>;
  /** As it has to be served: upright, and transparent where it was. */
  upright: { width: number; height: number; hasAlpha: boolean };
}

/** A film somebody wants. Its photographs are uploaded first. */
export interface Wish {
  name: string;
  params: FilmParams;
  photographs?: Photograph[];
}

const five = { ...usualFilm, sceneSeconds: 5 } as const;

export const wishes: readonly Wish[] = [
  { name: 'kitten', params: { ...five, prompt: '一只想看海的小猫，踏上了穿越城市的旅程', sceneCount: 7 } },
  {
    name: 'chefs',
    params: {
      ...five,
      prompt: 'Two rival chefs must cook together on a storm-tossed airship',
      sceneCount: 5,
      language: 'en',
      render: { aspectRatio: '9:16' },
    },
  },
  { name: 'long-story', params: { ...five, prompt: longStory, characterCount: 3, language: 'en' } },
  {
    name: 'photographs',
    params: {
      ...five,
      prompt: 'The fox in the second picture walks home through the hills of the first one before night falls',
      sceneCount: 4,
      characterCount: 1,
    },
    photographs: [
      {
        filename: 'IMG_2041.JPG',
        mimeType: 'image/jpeg',
        bytes: sidewaysPhotograph,
        upright: { width: 1536, height: 2048, hasAlpha: false },
      },
      {
        filename: 'fox.png',
        mimeType: 'image/png',
        bytes: transparentFox,
        upright: { width: 900, height: 900, hasAlpha: true },
      },
    ],
  },
  {
    name: 'six-friends',
    params: {
      ...five,
      prompt:
        'Six friends, a robot, a witch, a pirate, an old inventor, a fox and a little girl, rebuild a broken moon in one night',
      sceneCount: 20,
      characterCount: 6,
    },
  },
];

const ideas = [
  'A shy robot learns to dance in the rain',
  '小狐狸在雪夜里寻找走失的星星',
  'An old fisherman teaches a dragon to swim',
  '图书馆里的书在午夜醒来',
  'A girl delivers letters to the clouds by bicycle',
  '会唱歌的机器人迷失在沙漠',
  'A baker discovers that his bread can fly',
  '两个宇航员在火星上种出第一朵花',
  'The last tram of the night takes a cat to the forest',
  '海底城市举办了一场灯笼节',
];

/** Ten different films to be asked for at once. */
export const atOnce: readonly Wish[] = ideas.map((prompt, index) => ({
  name: `at-once-${String(index + 1).padStart(2, '0')}`,
  params: {
    ...five,
    prompt,
    sceneCount: 3 + (index % 3),
    characterCount: 1 + (index % 2),
    language: /\p{Script=Han}/u.test(prompt) ? 'zh' : 'en',
    render: { aspectRatio: index % 5 === 4 ? '1:1' : '16:9' },
  },
}));
