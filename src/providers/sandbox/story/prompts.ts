import { imagePromptOpening } from '../../../film/glossary.ts';
import type { Expression, PoseName } from '../art/figure/types.ts';
import type { PlaceName } from '../art/places/index.ts';
import type { Weather } from '../art/scenery/light.ts';
import { roles } from '../words/cast.ts';
import type { Shot } from '../words/scene.ts';
import type { Character } from './characters.ts';
import { withArticles } from './english.ts';
import type { Idea } from './idea.ts';
import { placeNouns, propNouns, timeNouns, weatherNouns } from './nouns.ts';
import type { ScenePlan } from './screenplay.ts';

const shots: Record<Shot, string> = {
  close: 'close-up',
  medium: 'medium shot',
  wide: 'wide shot',
  behind: 'seen from behind, wide view',
};
const poses: Record<PoseName, string> = {
  stand: 'standing',
  walk: 'walking',
  run: 'running',
  wave: 'waving',
  point: 'pointing ahead',
  cheer: 'cheering with arms raised',
  reach: 'reaching out',
  hold: 'holding something close',
  think: 'thinking',
  sit: 'sitting',
  shiver: 'huddling',
  jump: 'jumping',
  hug: 'hugging',
  bow: 'bending down',
};
const expressions: Record<Expression, string> = {
  smile: 'hopeful',
  joy: 'joyful',
  sad: 'sad',
  determined: 'determined',
  surprised: 'surprised',
  worried: 'worried',
  calm: 'calm',
  closed: 'eyes closed',
  angry: 'angry',
};

const andList = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

function subject(plan: ScenePlan, idea: Idea): string {
  if (plan.beat.who === 'none') return 'nobody in sight';
  const names = plan.present.map(({ name }) => name);
  const hero = names.length > 0 ? andList(names) : withArticles(`a ${roles[idea.heroes[0]?.role ?? 'girl'].en}`);
  return `${hero} ${poses[plan.beat.pose]}, ${expressions[plan.beat.expression]} expression`;
}

/** A scene's picture in words that the image sandbox understands and any other model too; `introduce` adds full looks. */
export function picturePrompt(plan: ScenePlan, style: string, introduce: readonly Character[], idea: Idea): string {
  const things = plan.things.map((thing) => propNouns[thing].en);
  const looks = introduce.map(({ name, description }) => `${name} is ${description}`);
  const parts = [
    imagePromptOpening,
    style,
    `${shots[plan.beat.shot]} of ${placeNouns[plan.place].picture} ${timeNouns[plan.time].picture}`,
    weatherNouns[plan.weather].picture,
    subject(plan, idea),
    things.length > 0 ? `with ${andList(things)}` : '',
    'soft light, layered background, gentle colours',
  ];
  const sentence = parts.filter(Boolean).join(', ');
  return looks.length > 0 ? `${sentence}. ${looks.join('; ')}` : sentence;
}

const moves: Record<ScenePlan['beat']['move'], string> = {
  in: 'slow zoom in',
  out: 'slow zoom out',
  left: 'camera pans left',
  right: 'camera pans right',
  up: 'camera tilts up',
  down: 'camera tilts down',
};

const indoors: readonly PlaceName[] = [
  'kitchen',
  'bedroom',
  'library',
  'classroom',
  'workshop',
  'throneRoom',
  'spaceship',
  'space',
  'underwater',
  'cave',
  'station',
  'mars',
];

const outside = /\b(?:rain|leaves|petals|snow|winds?|drops|clouds|mist)\b/i;
const wet = /\brain\b/i;

/** The beat's own motion without weather that cannot be there: none of it in rooms, no rain under another sky. */
function motionOf({ beat, place, weather }: ScenePlan): string {
  const isInside = indoors.includes(place);
  const dry = weather !== 'rain' && weather !== 'storm';
  const parts = beat.motion.split(/,\s+|\s+and\s+(?=a\b|rain)/);
  const fitting = parts.filter((part) => !(isInside && outside.test(part)) && !(dry && wet.test(part)));
  return fitting.join(', ') || (isInside ? 'lamps flicker, shadows move' : 'gusts shake everything');
}
const airs: Record<Weather, string> = {
  clear: 'light particles in the air',
  cloudy: 'clouds drifting',
  rain: 'rain falling',
  storm: 'heavy rain and lightning',
  snow: 'snow falling',
  fog: 'mist drifting',
  wind: 'leaves blowing in the wind',
};

export function videoPrompt(plan: ScenePlan): string {
  const { beat, weather, present } = plan;
  const who = present.length > 0 ? `${andList(present.map(({ name }) => name))} ${poses[beat.pose]}, ` : '';
  const air = airs[indoors.includes(plan.place) ? 'clear' : weather];
  return `${who}${motionOf(plan)}, ${air}, ${moves[beat.move]}, smooth 2D animation`;
}
