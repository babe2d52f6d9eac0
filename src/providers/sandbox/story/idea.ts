import type { PlaceName } from '../art/places/index.ts';
import type { Time, Weather } from '../art/scenery/light.ts';
import type { CastId } from '../words/cast.ts';
import { castWords } from '../words/cast.ts';
import { distinct, first } from '../words/lexicon.ts';
import type { PropName } from '../words/props.ts';
import { propWords } from '../words/props.ts';
import { placeWords, timeWords, weatherWords } from '../words/scene.ts';
import type { Goal } from './goal.ts';
import { goalOf } from './goal.ts';
import type { Tongue } from './nouns.ts';

/** What an idea is about, as far as its words say it. */
export interface Idea {
  text: string;
  tongue: Tongue;
  /** Who acts, in the order of the text; the same role twice where two are asked for. */
  heroes: CastId[];
  names: string[];
  places: PlaceName[];
  props: PropName[];
  time: Time | undefined;
  weather: Weather | undefined;
  goal: Goal;
  rivals: boolean;
  sentences: string[];
}

const counts: readonly (readonly [RegExp, number])[] = [
  [/\b(two|pair of|both|couple of|twin)\b[^.,]{0,24}$|(两|二|一对)[^，。]{0,6}$/i, 2],
  [/\b(three|trio of)\b[^.,]{0,24}$|三[^，。]{0,6}$/i, 3],
  [/\b(four)\b[^.,]{0,24}$|四[^，。]{0,6}$/i, 4],
  [/\b(five|six)\b[^.,]{0,24}$|[五六][^，。]{0,6}$/i, 5],
];

function heroesOf(text: string): CastId[] {
  const seen = new Set<CastId>();
  return castWords(text).flatMap(({ id, index }) => {
    if (seen.has(id)) return [];
    seen.add(id);
    const before = text.slice(Math.max(0, index - 28), index);
    const many = counts.find(([words]) => words.test(before))?.[1] ?? 1;
    return Array.from({ length: many }, () => id);
  });
}

const commonWords =
  /^(The|A|An|In|On|At|Two|Three|One|When|Once|Every|After|Before|And|But|He|She|They|It|His|Her|Their|There|This|That|With|For|From|As|While|If|Then|Each|Some|All|No|My|Our|I|We|You|Make|Write|Create|Tell|Draw|Scene|Act|Chapter|Monday|Sunday|Christmas|English|Chinese|Japanese)$/;

/** Proper names: those introduced by "named", "called", 叫, and capitals inside English sentences. */
function namesOf(text: string): string[] {
  const introduced = [
    ...text.matchAll(
      /(?:named|called)\s+([A-Z][a-z]{1,14})|(?:名叫|叫做|名为|叫)[「“"']?([\u4e00-\u9fff]{2,3}?)(?=[的，。、」”"'和与]|$)/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? '');
  const capitals = [...text.matchAll(/(?<=[a-z,;:]\s)([A-Z][a-z]{2,14})\b/g)].map((match) => match[1] ?? '');
  const leading = [
    ...text.matchAll(
      /(?:^|[.!?]\s+)([A-Z][a-z]{2,14})(?=\s+and\s+[A-Z]|,\s+(?:a|an|the)\s|\s+(?:wants|must|dreams|lives|finds|has|is|was)\b)/g,
    ),
  ].map((match) => match[1] ?? '');
  return [...new Set([...introduced, ...leading, ...capitals])].filter((name) => name && !commonWords.test(name));
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

export function readIdea(text: string): Idea {
  const tongue = tongueOf(text);
  const places = distinct(placeWords, text);
  const heroes = heroesOf(text);
  const trade = heroes.flatMap((role) => trades[role] ?? []);
  return {
    text,
    tongue,
    heroes,
    names: namesOf(text),
    places,
    props: [...new Set([...distinct(propWords, text), ...trade])],
    time: first(timeWords, text),
    weather: first(weatherWords, text),
    goal: goalOf(text, tongue, places),
    rivals: /rival|compet|enem|feud|对手|竞争|死对头|冤家|敌人|较量/i.test(text),
    sentences: sentencesOf(text),
  };
}
