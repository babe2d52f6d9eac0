import { castWords } from '../words/cast.ts';
import { distinct, first } from '../words/lexicon.ts';
import type { PropName } from '../words/props.ts';
import { propWords } from '../words/props.ts';
import type { Shot } from '../words/scene.ts';
import { expressionWords, placeWords, poseWords, shotWords, timeWords, weatherWords } from '../words/scene.ts';
import { readLook } from './figure/look.ts';
import type { Expression, Look, PoseName } from './figure/types.ts';
import { createRandom, pick, seedOf } from './kit/random.ts';
import type { PlaceName } from './places/index.ts';
import type { Time, Weather } from './scenery/light.ts';

/** What a picture prompt asks for, in the words this painter knows. */
export interface Direction {
  place: PlaceName;
  time: Time;
  weather: Weather;
  shot: Shot;
  pose: PoseName;
  expression: Expression;
  props: PropName[];
  cast: Look[];
  seed: number;
}

const characterLine = /^Character ([^:\n]{1,120}): ?(.*)$/gim;
const opening = /anime style|manga art|2D animation|cel[- ]shaded/gi;
const numbers: readonly (readonly [RegExp, number])[] = [
  [/\b(two|pair of|couple of|both)\b|两|二|双|一对/i, 2],
  [/\b(three|trio)\b|三/i, 3],
  [/\b(four)\b|四/i, 4],
];

/** The characters a free prompt names, each described by the words right before it. */
function castOfText(text: string): Look[] {
  const hits = castWords(text).filter((hit, index, all) => all.findIndex(({ id }) => id === hit.id) === index);
  return hits.slice(0, 4).flatMap(({ id, index, word }, nth) => {
    const previous = hits[nth - 1];
    const start = Math.max(0, index - 48, previous ? previous.index + previous.word.length : 0);
    const before =
      text
        .slice(start, index)
        .split(/[.;。；!?！？]|,\s|，/)
        .at(-1) ?? '';
    const after = /^[^.;。；!?！？]{0,90}/.exec(text.slice(index + word.length))?.[0] ?? '';
    const copies = numbers.find(([words]) => words.test(before))?.[1] ?? 1;
    const description = hits.length === 1 ? before + word + after : before + word;
    return Array.from({ length: copies }, (_, copy) => readLook(`${id} ${copy + 1}`, description));
  });
}

const usualPlaces: [PlaceName, ...PlaceName[]] = [
  'field',
  'street',
  'lake',
  'mountains',
  'rooftop',
  'park',
  'village',
  'forest',
];

/** Words that name a place only until a better one follows: a rooftop in the city is a rooftop. */
const vague =
  /^(city|cities|town|sky|clouds?|island|road|home|house|room|hill|moon|planet|space|snowy|shop|tower|trees|sand|城市|都市|天空|空中|岛|家|云|山|海|村|林|街)$/i;

function placeOf(text: string): PlaceName | undefined {
  const hits = placeWords(text);
  const near = hits.filter(({ index }) => index < (hits[0]?.index ?? 0) + 48);
  return (near.find(({ word }) => !vague.test(word)) ?? hits[0])?.id;
}

function timeOf(text: string, seed: number): Time {
  return first(timeWords, text) ?? pick(createRandom(seed + 11), ['morning', 'afternoon', 'sunset', 'noon', 'dawn']);
}

function shotOf(text: string, seed: number): Shot {
  return first(shotWords, text) ?? pick(createRandom(seed + 17), ['medium', 'wide', 'medium', 'close']);
}

/** Reads a picture prompt, English or Chinese, written by the sandbox's own author or by anybody. */
export function readDirection(prompt: string): Direction {
  const lines = [...prompt.matchAll(characterLine)];
  const listed = lines.map(([, name = '', description = '']) => readLook(name.trim(), description.trim()));
  const text = prompt.replaceAll(characterLine, '').replaceAll(opening, '');
  const seed = seedOf(text);
  const night = timeOf(text, seed);
  return {
    place: placeOf(text) ?? pick(createRandom(seed + 5), usualPlaces),
    time: night,
    weather: first(weatherWords, text) ?? 'clear',
    shot: shotOf(text, seed),
    pose: first(poseWords, text) ?? pick(createRandom(seed + 23), ['stand', 'walk', 'stand', 'wave', 'sit']),
    expression: first(expressionWords, text) ?? pick(createRandom(seed + 29), ['smile', 'smile', 'calm', 'joy']),
    props: distinct(propWords, text).slice(0, 4),
    cast: (listed.length > 0 ? listed : castOfText(text)).slice(0, 8),
    seed,
  };
}
