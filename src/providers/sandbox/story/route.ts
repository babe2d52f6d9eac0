import type { Random } from '../art/kit/random.ts';
import type { PlaceName } from '../art/places/index.ts';
import type { Idea } from './idea.ts';

/** What lies around a place: a story set there moves through these. */
const around: Record<PlaceName, readonly PlaceName[]> = {
  beach: ['harbour', 'cliff', 'shipDeck', 'beach'],
  harbour: ['harbour', 'market', 'shipDeck', 'beach'],
  cliff: ['cliff', 'beach', 'harbour'],
  shipDeck: ['harbour', 'shipDeck', 'cliff', 'beach'],
  underwater: ['beach', 'underwater', 'cave', 'shipDeck'],
  rooftop: ['rooftop', 'street', 'bridge', 'park'],
  street: ['rooftop', 'street', 'market', 'bridge', 'station', 'park'],
  market: ['market', 'street', 'harbour', 'kitchen'],
  park: ['park', 'street', 'lake', 'bridge'],
  bridge: ['bridge', 'street', 'lake', 'park'],
  station: ['station', 'street', 'field', 'bridge'],
  forest: ['forest', 'lake', 'cave', 'field'],
  mountains: ['village', 'mountains', 'lake', 'snowfield', 'cave'],
  field: ['field', 'village', 'forest', 'lake'],
  desert: ['desert', 'market', 'cave', 'mountains'],
  snowfield: ['village', 'snowfield', 'forest', 'mountains'],
  lake: ['lake', 'forest', 'field', 'bridge'],
  cave: ['forest', 'cave', 'mountains'],
  kitchen: ['kitchen', 'market', 'street', 'farm'],
  bedroom: ['bedroom', 'street', 'park', 'rooftop'],
  library: ['library', 'street', 'bedroom', 'park'],
  classroom: ['classroom', 'park', 'library', 'rooftop'],
  workshop: ['workshop', 'street', 'rooftop', 'field'],
  clouds: ['field', 'clouds', 'airshipDeck', 'castleView'],
  airshipDeck: ['airshipDeck', 'kitchen', 'bedroom', 'workshop'],
  space: ['rooftop', 'workshop', 'spaceship', 'space', 'clouds'],
  mars: ['spaceship', 'mars', 'workshop', 'cave'],
  spaceship: ['spaceship', 'space', 'workshop', 'clouds'],
  village: ['village', 'farm', 'field', 'forest', 'bridge'],
  castleView: ['village', 'forest', 'castleView', 'throneRoom'],
  throneRoom: ['throneRoom', 'castleView', 'library'],
  shrine: ['village', 'shrine', 'forest', 'lake'],
  farm: ['farm', 'village', 'field', 'lake'],
};

const starts: readonly (readonly [PlaceName, ...PlaceName[]])[] = [
  ['bedroom', 'street', 'park'],
  ['village', 'field', 'forest'],
  ['rooftop', 'street', 'bridge'],
];

const startsFor = (idea: Idea, random: Random): PlaceName[] =>
  idea.weather === 'snow'
    ? ['village', 'snowfield', 'forest']
    : [...(starts[Math.floor(random() * starts.length)] ?? ['field' as const])];

/** A story on board stays on board. */
const aboard: readonly PlaceName[] = ['airshipDeck', 'shipDeck', 'spaceship', 'underwater'];

/** The places of the way: those of the idea and what lies around them, without the last one. */
function way(idea: Idea, target: PlaceName | undefined, random: Random): PlaceName[] {
  const vessel = idea.places.find((place) => aboard.includes(place));
  if (vessel && vessel === idea.places[0]) return [...new Set([vessel, ...idea.places, ...around[vessel]])];
  const others = idea.places.filter((place) => place !== target);
  const elsewhere = others.length === 0 && idea.goal.reach;
  const own = others.length > 0 ? others : target && !elsewhere ? [target] : startsFor(idea, random);
  const near = own.flatMap((place) => around[place]);
  const approach = target ? around[target].filter((place) => place !== target) : [];
  const middle = (others.length > 0 || elsewhere) && target ? [...near, 'field' as const, ...approach] : near;
  const stops = [...new Set([...own.slice(0, 1), ...middle, ...own])];
  return stops.filter((place) => place !== target || (others.length === 0 && !elsewhere));
}

/** Long films need more to see: neighbours of the stops, each right behind the place it lies near. */
function widened(stops: readonly PlaceName[], wanted: number, target: PlaceName | undefined): PlaceName[] {
  const result = [...stops];
  for (let i = 0; i < result.length && result.length < wanted; i += 2) {
    const here = result[i] ?? 'field';
    const fresh = around[here].find((place) => place !== target && !result.includes(place));
    if (fresh) result.splice(i + 1, 0, fresh);
  }
  return result;
}

/**
 * A place for every scene: through the idea's places in their order, and where the wish leads for those from the arrival on;
 * `moments` are the scenes' places in the arc, 0 to 1; a story on board has its `storms` on deck. Never twice the same in a row, where that can be.
 */
export function planRoute(
  idea: Idea,
  moments: readonly number[],
  random: Random,
  storms: readonly boolean[] = [],
): PlaceName[] {
  const target = idea.goal.place;
  const arrived = moments.findIndex((at) => at >= 0.9);
  const onTheWay = target && arrived > 0 ? arrived : moments.length;
  const near = way(idea, target, random);
  const onBoard = near[0] !== undefined && aboard.includes(near[0]);
  const stops = onBoard ? near : widened(near, Math.min(11, Math.ceil(onTheWay * 0.6)), target);
  const route: PlaceName[] = [];
  for (let i = 0; i < moments.length; i += 1) {
    const share = onTheWay > 1 ? (i / (onTheWay - 1)) * (stops.length - 1) : 0;
    const index = onTheWay <= stops.length ? Math.round(share) : i % stops.length;
    const planned = i < onTheWay ? (stops[index] ?? 'field') : arrivalPlace(target, i - onTheWay);
    const last = route.at(-1);
    route.push(
      planned === last && i !== onTheWay ? (around[planned].find((place) => place !== last) ?? planned) : planned,
    );
  }
  if (target && moments.length > 1) route[moments.length - 1] = target;
  return route.map((place, index) => (onBoard && storms[index] ? (near[0] ?? place) : place));
}

function arrivalPlace(target: PlaceName | undefined, after: number): PlaceName {
  if (!target) return 'field';
  return after % 2 === 0 ? target : (around[target].find((place) => place !== target) ?? target);
}
