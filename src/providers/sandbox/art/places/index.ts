import type { Backdrop, Stage } from '../scenery/stage.ts';
import { airshipDeck, clouds, space, spaceship } from './air.ts';
import { bridge, market, park, rooftop, station, street } from './city.ts';
import { castleView, farm, shrine, throneRoom, village } from './country.ts';
import { cave, desert, field, forest, lake, mountains, snowfield } from './nature.ts';
import { bedroom, classroom, kitchen, library, workshop } from './rooms.ts';
import { beach, cliff, harbour, shipDeck, underwater } from './sea.ts';

export const places = {
  beach,
  harbour,
  cliff,
  shipDeck,
  underwater,
  rooftop,
  street,
  market,
  park,
  bridge,
  station,
  forest,
  mountains,
  field,
  desert,
  snowfield,
  lake,
  cave,
  kitchen,
  bedroom,
  library,
  classroom,
  workshop,
  clouds,
  airshipDeck,
  space,
  spaceship,
  village,
  castleView,
  throneRoom,
  shrine,
  farm,
} satisfies Record<string, (stage: Stage) => Backdrop>;

export type PlaceName = keyof typeof places;
