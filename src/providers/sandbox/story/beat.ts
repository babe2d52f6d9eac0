import type { Expression, PoseName } from '../art/figure/types.ts';
import type { Time, Weather } from '../art/scenery/light.ts';
import type { PropName } from '../words/props.ts';
import type { Shot } from '../words/scene.ts';

/** One moment of the dramatic arc. Words in braces are filled in: hero, full, pal, palFull, all, goal, place (where it is), spot (the place itself), home, thing, time, weather; s and es where one does what many do. */
export interface Beat {
  /** Where it belongs, 0 (opening) to 1 (end). */
  at: number;
  /** Lower ones are in short films too. */
  rank: number;
  who: 'hero' | 'pair' | 'all' | 'none';
  /** Told only with a second character. */
  pal?: true;
  /** Told only where the idea speaks of rivals. */
  rivals?: true;
  zh: string;
  en: string;
  time?: Time;
  weather?: Weather | 'theme';
  shot: Shot;
  pose: PoseName;
  expression: Expression;
  move: 'in' | 'out' | 'left' | 'right' | 'up' | 'down';
  motion: string;
  props?: readonly PropName[];
}
