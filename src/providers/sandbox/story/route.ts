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
  airshipDeck: ['airshipDeck', 'kitchen', 'clouds'],
  space: ['workshop', 'spaceship', 'space'],
  spaceship: ['spaceship', 'space', 'workshop'],
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

/** A story on board stays on board. */
const aboard: readonly PlaceName[] = ['airshipDeck', 'shipDeck', 'spaceship', 'underwater'];

/** The places of the way: those of the idea and what lies around them, without the last one. */
function way(idea: Idea, target: PlaceName | undefined, random: Random): PlaceName[] {
  const vessel = idea.places.find((place) => aboard.includes(place));
  if (vessel && vessel === idea.places[0]) return [...new Set([vessel, ...idea.places, ...around[vessel]])];
  const others = idea.places.filter((place) => place !== target);
  const own =
    others.length > 0
      ? others
      : target
        ? [target]
        : [...(starts[Math.floor(random() * starts.length)] ?? ['field' as const])];
  const near = own.flatMap((place) => around[place]);
  const approach = target ? around[target].filter((place) => place !== target) : [];
  const middle = others.length > 0 && target ? [...near, 'field' as const, ...approach] : near;
  return [...new Set([...own.slice(0, 1), ...middle, ...own])].filter(
    (place) => place !== target || others.length === 0,
  );
}

/** A place for every scene: through the idea's places in their order, ending where the wish leads; never twice the same in a row. */
export function planRoute(idea: Idea, count: number, random: Random): PlaceName[] {
  const target = idea.goal.place;
  const stops = way(idea, target, random);
  const arrival = target ? Math.max(1, Math.round(count * 0.2)) : 0;
  const onTheWay = count - arrival;
  const route: PlaceName[] = [];
  for (let i = 0; i < count; i += 1) {
    const share = onTheWay > 1 ? (i / (onTheWay - 1)) * (stops.length - 1) : 0;
    const index = count <= stops.length ? Math.round(share) : i % stops.length;
    const planned = i < onTheWay ? (stops[index] ?? 'field') : arrivalPlace(target, count - i);
    const last = route.at(-1);
    route.push(planned === last ? (around[planned].find((place) => place !== last) ?? planned) : planned);
  }
  if (target && count > 1) route[count - 1] = target;
  return route;
}

function arrivalPlace(target: PlaceName | undefined, fromEnd: number): PlaceName {
  if (!target) return 'field';
  return fromEnd % 2 === 1 ? target : (around[target].find((place) => place !== target) ?? target);
}
