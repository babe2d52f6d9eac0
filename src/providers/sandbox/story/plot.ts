import type { Random } from '../art/kit/random.ts';
import { pick } from '../art/kit/random.ts';
import type { Beat } from './beat.ts';
import { earlyBeats } from './beatsEarly.ts';
import { lateBeats } from './beatsLate.ts';
import { middleBeats } from './beatsMiddle.ts';
import { variants } from './variants.ts';

const beats: readonly Beat[] = [...earlyBeats, ...middleBeats, ...lateBeats];

/** Films longer than the arc has moments get further quiet ones, each with words of its own. */
const interludes: readonly Pick<Beat, 'zh' | 'en'>[] = [
  {
    zh: '{spot}的光影慢慢移动，时间像是放轻了脚步。',
    en: 'Light and shadow move slowly over {spot}, as if time were walking on tiptoe.',
  },
  {
    zh: '远处传来一段旋律，{hero}不由自主地跟着哼了起来。',
    en: 'A melody drifts over from afar, and {hero} begins to hum along.',
  },
  {
    zh: '{hero}在{place}捡到一片叶子，把它夹进了心里。',
    en: '{hero} picks up a leaf {place} and keeps it for later.',
  },
  {
    zh: '风吹过{spot}，带走了一点疲惫，留下了一点勇气。',
    en: 'A wind crosses {spot}, takes a little weariness away and leaves a little courage.',
  },
  {
    zh: '{place}有一扇门虚掩着，里面透出暖暖的光。',
    en: 'A door stands ajar {place}, and warm light falls through it.',
  },
  {
    zh: '{hero}蹲下来，和{place}最小的一朵花打了个招呼。',
    en: '{hero} kneels and greets the smallest flower of {spot}.',
  },
];

function interlude(index: number): Beat {
  const words = interludes[index % interludes.length] ?? { zh: '', en: '' };
  return {
    ...words,
    at: 0.35 + 0.055 * index,
    rank: 40 + index,
    who: 'hero',
    shot: index % 2 === 0 ? 'wide' : 'medium',
    pose: index % 2 === 0 ? 'walk' : 'sit',
    expression: 'calm',
    move: index % 2 === 0 ? 'left' : 'up',
    motion: 'a quiet moment, leaves drift by',
  };
}

/** A story of rivals needs its quarrel and its joined hands more than a promise and a departure. */
function reranked(beat: Beat): Beat {
  const ranks: Record<string, number> = { '0.1': 7, '0.24': 30, '0.75': 4.5 };
  return { ...beat, rank: ranks[String(beat.at)] ?? beat.rank };
}

/** One of the ways to tell it. */
function told(beat: Beat, random: Random): Beat {
  const others = variants[String(beat.at)];
  return others ? { ...beat, ...pick(random, [{ zh: beat.zh, en: beat.en }, ...others]) } : beat;
}

/** The moments of a film of so many scenes, in their order; each is told once, the indispensable ones first. */
export function choosePlot(count: number, options: { pal: boolean; rivals: boolean }, random: Random): Beat[] {
  const usable = beats
    .filter((beat) => (options.pal || !beat.pal) && (options.rivals || !beat.rivals))
    .map((beat) => (options.rivals ? reranked(beat) : beat));
  const spread = usable.map((beat) => ({ beat, rank: beat.rank + (beat.rank > 8 ? random() * 6 : 0) }));
  const chosen = spread
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ beat }) => beat);
  const more = Array.from({ length: Math.max(0, count - chosen.length) }, (_, index) => interlude(index));
  return [...chosen, ...more].toSorted((a, b) => a.at - b.at).map((beat) => told(beat, random));
}
