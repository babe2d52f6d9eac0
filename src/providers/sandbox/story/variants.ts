import type { Both } from './nouns.ts';

/** Other ways to tell the moments that every film has, by their place in the arc: one is chosen for each film. */
export const variants: Readonly<Record<string, readonly Both[]>> = {
  '0': [
    {
      zh: '{place}，{time}的光刚刚落下来。谁也不知道，{full}悄悄想了很久：{goal}。',
      en: '{place}, the light of {time} is only just falling. Nobody knows what {full} has long had in mind: to {goal}.',
    },
    {
      zh: '{full}又一次在{place}停下脚步，忽然对自己说：就从今天开始，{goal}。',
      en: '{full} stops {place} once more and says aloud what was only a thought until now: to {goal}.',
    },
    {
      zh: '“{goal}？”大家都笑了。可是{time}的{place}，{full}一点也没有笑。',
      en: '“To {goal}?” everyone laughs. But {place}, as {time} comes, {full} does not laugh at all.',
    },
  ],
  '0.1': [
    {
      zh: '说做就做。{hero}卷起袖子，第一步虽然小，却再也收不回来了。',
      en: 'No sooner said than done: the first step {hero} takes is small, and cannot be taken back.',
    },
    {
      zh: '{hero}列了一张长长的清单，最上面写着：{goal}。',
      en: '{hero} writes a long list, and at the top of it stands: {goal}.',
    },
    {
      zh: '别人说不可能，{hero}只是眨眨眼睛，转身出了门。',
      en: 'Impossible, the others say. {hero} only winks, turns around and walks out of the door.',
    },
  ],
  '0.24': [
    {
      zh: '在{place}，{hero}遇见了{palFull}。“算我一个！”话音还没落，两只手已经握在了一起。',
      en: '{place}, {hero} meets {palFull}. “Count me in!” And before the words are out, they have shaken hands.',
    },
    {
      zh: '{palFull}带来了一个奇怪的主意，{hero}听完，眼睛一下子亮了。',
      en: '{palFull} has brought a strange idea; {hero} listens to the end, and two eyes light up.',
    },
    {
      zh: '一个人做的时候总是少点什么，直到{palFull}在{place}坐到了{hero}身边。',
      en: 'Something was always missing, until {palFull} sat down beside {hero} {place}.',
    },
  ],
  '0.48': [
    {
      zh: '偏偏在这时，{weather}来了，把{place}准备好的一切都吹得七零八落。',
      en: 'Of all times it is now that the {weather} comes, and all that was ready {place} is blown to pieces.',
    },
    {
      zh: '第一次失败了，第二次也失败了。偏偏{weather}也赶来了，{place}谁也说不出话来。',
      en: 'It fails once, and it fails again. In the {weather}, {place}, nobody finds a word to say.',
    },
    {
      zh: '{weather}说来就来，{all}躲在{place}，等着最糟的时候过去。',
      en: 'The {weather} comes without a warning; {all} find{s} shelter {place} and wait{s} for the worst to pass.',
    },
  ],
  '0.6': [
    {
      zh: '夜深了，{hero}一个人留在{place}。也许，大家说得对？',
      en: 'It is late, and {hero} is left alone {place}. Perhaps the others were right?',
    },
    {
      zh: '{hero}把清单折起来，又打开。上面的字被雨打湿了，却还看得清楚。',
      en: '{hero} folds the plan away and opens it again. The rain has touched the words, and still they can be read.',
    },
    {
      zh: '“要是从来没有开始过就好了。”{hero}在{place}小声说，可是没有走开。',
      en: '“If only I had never begun,” {hero} says softly {place}, and does not walk away.',
    },
  ],
  '0.73': [
    {
      zh: '第二天早晨，{all}把散落的东西一件一件捡起来，从头再来。',
      en: 'Next morning {all} pick{s} up piece after piece, and begin{s} again.',
    },
    {
      zh: '天一亮，办法自己冒了出来，简单得让{all}笑出了声。',
      en: 'With the daylight the answer comes by itself, so simple that {all} laugh{s} out loud.',
    },
    {
      zh: '{all}跑过{place}，谁也没有再提“不可能”三个字。',
      en: '{all} run{s} on {place}, and nobody says “impossible” any more.',
    },
  ],
  '0.9': [
    {
      zh: '就在{place}，它终于成了：{goal}，原来是这样的感觉。',
      en: 'And then, {place}, it is done. So this is what it is like to {goal}.',
    },
    {
      zh: '{all}屏住呼吸。下一秒，{place}响起了欢呼——{goal}，真的做到了！',
      en: '{all} stand{s} quite still. A moment later a cheer goes up {place}: to {goal} was possible after all!',
    },
    {
      zh: '{hero}揉了揉眼睛。没有看错，{goal}，已经不再是一个梦。',
      en: '{hero} blinks, and blinks again. It is true: to {goal} is no dream any more.',
    },
  ],
  '1': [
    {
      zh: '很久以后，{place}还流传着这个故事，而{hero}，已经在想下一件事了。',
      en: 'The story is still told {place} long after, and {hero} is already thinking of the next thing.',
    },
    {
      zh: '灯一盏一盏熄了，{hero}最后一个离开{place}，嘴角还带着笑。',
      en: 'One by one the lights go out; {hero} is the last to leave, and smiles all the way.',
    },
    {
      zh: '“明天见！”{hero}挥挥手。{spot}静静地听着，好像也在笑。',
      en: '“See you tomorrow!” {hero} waves, and {spot} seems to smile back.',
    },
  ],
};
