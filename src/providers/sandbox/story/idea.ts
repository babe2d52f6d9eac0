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
import { thingOf } from './predicate.ts';
import { withoutRequest } from './request.ts';

/** What an idea is about, as far as its words say it. */
export interface Idea {
  text: string;
  tongue: Tongue;
  heroes: Hero[];
  places: PlaceName[];
  /** To be seen: what it names, and what its heroes have in their hands. */
  props: PropName[];
  /** Those that it names. */
  said: PropName[];
  time: Time | undefined;
  weather: Weather | undefined;
  goal: Goal;
  rivals: boolean;
  /** What it names without saying what happens: its title. */
  thing: string | undefined;
  sentences: string[];
}

const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[。！？!?；])|(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim())
    .filter((sentence) => sentence.length >= 4);

const tongueOf = (text: string): Tongue =>
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

/** Where those are who live or work at one place, unless the idea says otherwise. */
const homesOf: Partial<Record<CastId, PlaceName>> = {
  fisher: 'harbour',
  fish: 'beach',
  captain: 'shipDeck',
  astronaut: 'space',
  chef: 'kitchen',
  baker: 'kitchen',
  keeper: 'cliff',
  farmer: 'farm',
  student: 'classroom',
  teacher: 'classroom',
  knight: 'castleView',
  princess: 'castleView',
  prince: 'castleView',
  inventor: 'workshop',
  pilot: 'clouds',
  penguin: 'snowfield',
};

export function readIdea(words: string): Idea {
  const text = withoutRequest(words) || words;
  const tongue = tongueOf(text);
  const heroes = heroesOf(text);
  const named = distinct(placeWords, text);
  const homes = heroes.flatMap(({ role }) => homesOf[role] ?? []).slice(0, 1);
  const places = named.length > 0 ? named : homes;
  const isFish = heroes.some(({ role }) => role === 'fish');
  const said = distinct(propWords, text).filter((prop) => prop !== 'fish' || !isFish);
  const inHand = said.includes('violin') ? (['violin'] as const) : undefined;
  const trade = heroes.flatMap(({ role }) => (role === 'musician' && inHand) || trades[role] || []);
  return {
    text,
    tongue,
    heroes,
    places,
    props: [...new Set([...said, ...trade])].filter((prop) => prop !== 'fish' || !isFish),
    said,
    time: first(timeWords, text),
    weather: first(weatherWords, text),
    goal: goalOf(text, tongue, places, heroes),
    thing: thingOf(text, tongue),
    rivals: /rival|compet|enem|feud|对手|竞争|死对头|冤家|敌人|较量/i.test(text),
    sentences: sentencesOf(text),
  };
}
