import type { Backdrop, Stage } from '../scenery/stage.ts';
import { airshipDeck, clouds } from './air.ts';
import { market, rooftop, street } from './city.ts';
import { mars, space, spaceship } from './cosmos.ts';
import { castleView, farm, shrine, throneRoom, village } from './country.ts';
import { field, forest, mountains } from './nature.ts';
import { bedroom, kitchen } from './rooms.ts';
import { beach, cliff, harbour, shipDeck, underwater } from './sea.ts';
import { classroom, library, workshop } from './study.ts';
import { bridge, park, station } from './transit.ts';
import { cave, desert, lake, snowfield } from './wilds.ts';

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
  mars,
  spaceship,
  village,
  castleView,
  throneRoom,
  shrine,
  farm,
} satisfies Record<string, (stage: Stage) => Backdrop>;

export type PlaceName = keyof typeof places;
