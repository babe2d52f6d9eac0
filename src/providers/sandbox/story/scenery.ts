import type { Beat } from './beat.ts';
import type { Both } from './nouns.ts';

/** Films in which nobody is: what is there to see, and what it makes one think of. Together they are told 132 times before one returns. */
const seen: readonly Both[] = [
  { zh: '{place}空无一人，只有{time}的光慢慢移动。', en: 'Nobody is {place}; only the light of {time} moves along.' },
  { zh: '风穿过{spot}，像是在找什么。', en: 'The wind passes over {spot}, as if it were looking for something.' },
  { zh: '{place}，一扇窗轻轻开了，又轻轻合上。', en: 'Somewhere {place} a window opens softly, and softly closes.' },
  { zh: '一片叶子落在{place}，停了很久。', en: 'A leaf comes down {place} and lies there for a long time.' },
  { zh: '{time}，{spot}安静得能听见自己的心跳。', en: 'So still is {spot} now that one could hear a heart beat.' },
  { zh: '{place}留着一行浅浅的脚印。', en: 'A line of faint footprints is left {place}.' },
  { zh: '影子在{spot}越拉越长。', en: 'The shadows grow longer and longer over {spot}.' },
  { zh: '远处传来一声钟响，{place}却没有谁抬头。', en: 'A bell rings far away, and nobody {place} looks up.' },
  { zh: '云从{spot}上面走过，没有留下名字。', en: 'Clouds cross {spot} and leave no name behind.' },
  { zh: '{place}亮起第一盏灯。', en: 'The first lamp is lit {place}.' },
  {
    zh: '{spot}把白天的温度一点一点还给天空。',
    en: 'Little by little {spot} gives the warmth of the day back to the sky.',
  },
  {
    zh: '露水挂在{place}，每一滴里都有一个小小的世界。',
    en: 'Dew hangs {place}, and in every drop there is a small world.',
  },
];
const thought: readonly Both[] = [
  { zh: '也许有谁曾在这里许过一个愿：{goal}。', en: 'Perhaps somebody once made a wish here: to {goal}.' },
  { zh: '故事就从这里开始。', en: 'This is where the story begins.' },
  { zh: '一切都在等待。', en: 'Everything is waiting.' },
  { zh: '时间在这里走得特别慢。', en: 'Time walks slowly here.' },
  { zh: '谁来过，又去了哪里？', en: 'Who was here, and where did they go?' },
  { zh: '寂静本身也是一种声音。', en: 'Silence is a sound as well.' },
  { zh: '然后，天色变了。', en: 'Then the sky changes.' },
  { zh: '有些东西，只有没有人的时候才看得见。', en: 'Some things are seen only when nobody is there.' },
  { zh: '它记得每一个季节。', en: 'It remembers every season.' },
  { zh: '光，总会回来。', en: 'The light always comes back.' },
  { zh: '而世界，仍在轻轻呼吸。', en: 'And the world goes on breathing.' },
];

const motions = ['light and shadow move slowly', 'clouds drift', 'leaves drift by', 'dust glitters in the light'];
const moves: readonly Beat['move'][] = ['in', 'left', 'up', 'out', 'right', 'down'];
const times: readonly Beat['time'][] = ['dawn', 'morning', 'noon', 'afternoon', 'sunset', 'night'];

/** As many moments as asked for, none like another, and nobody in any of them. */
export function sceneryBeats(count: number): Beat[] {
  return Array.from({ length: count }, (_, index): Beat => {
    const [sight, idea] = [seen[index % seen.length], thought[index % thought.length]];
    const at = count > 1 ? index / (count - 1) : 0;
    const time = times[Math.min(times.length - 1, Math.floor(at * times.length))] ?? 'dawn';
    return {
      at,
      time,
      ...{ rank: index, who: 'none', shot: 'wide', pose: 'stand', expression: 'calm' },
      zh: `${sight?.zh ?? ''}${idea?.zh ?? ''}`,
      en: `${sight?.en ?? ''} ${idea?.en ?? ''}`,
      move: moves[index % moves.length] ?? 'in',
      motion: motions[index % motions.length] ?? 'clouds drift',
    };
  });
}
