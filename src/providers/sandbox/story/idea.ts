import type { PlaceName } from '../art/places/index.ts';
import type { Time, Weather } from '../art/scenery/light.ts';
import type { CastId } from '../words/cast.ts';
import { distinct, first } from '../words/lexicon.ts';
import type { PropName } from '../words/props.ts';
import { propWords } from '../words/props.ts';
import { placeWords, timeWords, weatherWords } from '../words/scene.ts';
import type { Goal } from './goal.ts';
import { goalOf } from './goal.ts';
import type { Hero } from './heroes.ts';
import { heroesOf } from './heroes.ts';
import type { Tongue } from './nouns.ts';
import { withoutRequest } from './request.ts';

/** What an idea is about, as far as its words say it. */
export interface Idea {
  text: string;
  tongue: Tongue;
  heroes: Hero[];
  places: PlaceName[];
  props: PropName[];
  time: Time | undefined;
  weather: Weather | undefined;
  goal: Goal;
  rivals: boolean;
  sentences: string[];
}

const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[。！？!?；])|(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim())
    .filter((sentence) => sentence.length >= 4);

export const tongueOf = (text: string): Tongue =>
  (text.match(/[\u4e00-\u9fff]/g)?.length ?? 0) * 3 > text.length * 0.5 ? 'zh' : 'en';

/** What people of a trade have in their hands. */
const trades: Partial<Record<CastId, readonly PropName[]>> = {
  chef: ['soup', 'bread', 'fish'],
  baker: ['bread', 'cake'],
  knight: ['sword'],
  witch: ['wand'],
  wizard: ['wand', 'book'],
  musician: ['guitar'],
  detective: ['map'],
  artist: ['flower'],
  courier: ['letter'],
  fisher: ['fish'],
  captain: ['telescope', 'map'],
  inventor: ['key', 'clock'],
  astronaut: ['flower', 'star'],
};

export function readIdea(said: string): Idea {
  const text = withoutRequest(said) || said;
  const tongue = tongueOf(text);
  const places = distinct(placeWords, text);
  const heroes = heroesOf(text);
  const trade = heroes.flatMap(({ role }) => trades[role] ?? []);
  return {
    text,
    tongue,
    heroes,
    places,
    props: [...new Set([...distinct(propWords, text), ...trade])],
    time: first(timeWords, text),
    weather: first(weatherWords, text),
    goal: goalOf(text, tongue, places),
    rivals: /rival|compet|enem|feud|对手|竞争|死对头|冤家|敌人|较量/i.test(text),
    sentences: sentencesOf(text),
  };
}
