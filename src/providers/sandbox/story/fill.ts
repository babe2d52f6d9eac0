import type { PlaceName } from '../art/places/index.ts';
import type { Time, Weather } from '../art/scenery/light.ts';
import type { CastId } from '../words/cast.ts';
import { roles } from '../words/cast.ts';
import type { PropName } from '../words/props.ts';
import type { Character } from './characters.ts';
import { fullName } from './characters.ts';
import { withArticles } from './english.ts';
import type { Goal } from './goal.ts';
import type { Tongue } from './nouns.ts';
import { placeNouns, propNouns, timeNouns, weatherNouns } from './nouns.ts';

/** Who and what a sentence of narration can speak of. */
export interface Telling {
  tongue: Tongue;
  goal: Goal;
  role: CastId;
  cast: readonly Character[];
  /** Seen in this scene, the hero first. */
  present: readonly Character[];
  home: PlaceName;
  place: PlaceName;
  time: Time;
  weather: Weather;
  thing: PropName;
}

const listing = (names: readonly string[], tongue: Tongue): string => {
  if (names.length < 2) return names[0] ?? '';
  const rest = names.slice(0, -1).join(tongue === 'zh' ? '、' : ', ');
  return `${rest}${tongue === 'zh' ? '和' : ' and '}${names.at(-1) ?? ''}`;
};

function words({
  tongue,
  goal,
  role,
  cast,
  present,
  home,
  place,
  time,
  weather,
  thing,
}: Telling): Record<string, string> {
  const nameless = tongue === 'zh' ? `${roles[role].zh}` : `the ${roles[role].en}`;
  const [hero, pal] = cast;
  const others = present.map(({ name }) => name);
  return {
    hero: hero?.name ?? nameless,
    full: hero ? fullName(hero, tongue) : nameless,
    pal: pal?.name ?? '',
    palFull: pal ? fullName(pal, tongue) : '',
    all: listing(others, tongue) || nameless,
    s: others.length > 1 ? '' : 's',
    es: others.length > 1 ? '' : 'es',
    goal: goal.said[tongue],
    place: placeNouns[place].where[tongue],
    spot: placeNouns[place].spot[tongue],
    home: placeNouns[home].spot[tongue],
    thing: propNouns[thing][tongue],
    time: timeNouns[time].said[tongue],
    weather: weatherNouns[weather].said[tongue],
  };
}

/** Fills a beat's sentence; an English one begins with a capital. */
export function tell(template: string, telling: Telling): string {
  const known = words(telling);
  const text = template.replaceAll(/\{(\w+)\}/g, (_, word: string) => known[word] ?? '');
  return telling.tongue === 'en'
    ? withArticles(text).replaceAll(
        /(^|[.!?] )([a-z])/g,
        (_, before: string, letter: string) => before + letter.toUpperCase(),
      )
    : text;
}
