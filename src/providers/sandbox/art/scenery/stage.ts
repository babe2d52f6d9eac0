import type { Color } from '../kit/color.ts';
import { mix } from '../kit/color.ts';
import type { Pen } from '../kit/pen.ts';
import { createPen } from '../kit/pen.ts';
import type { Random } from '../kit/random.ts';
import { createRandom } from '../kit/random.ts';
import type { Light, Time, Weather } from './light.ts';
import { lightOf } from './light.ts';

/** The canvas in units whose shorter side is 1000, and the light and dice of one picture. */
export interface Stage {
  width: number;
  height: number;
  pen: Pen;
  random: Random;
  time: Time;
  weather: Weather;
  light: Light;
  /** Where sky and ground meet, as y. */
  horizon: number;
}

export interface StageOptions {
  width: number;
  height: number;
  time: Time;
  weather: Weather;
  seed: number;
  /** Share of the height above the horizon. */
  horizon: number;
}

export function createStage(options: StageOptions): Stage {
  const unit = 1000 / Math.min(options.width, options.height);
  const light = lightOf(options.time, options.weather);
  const height = options.height * unit;
  return {
    width: options.width * unit,
    height,
    pen: createPen(light.tint),
    random: createRandom(options.seed),
    time: options.time,
    weather: options.weather,
    light,
    horizon: height * options.horizon,
  };
}

/** A colour in the scene's light, faded by distance (0 near, 1 gone). */
export const faded = ({ pen, light }: Stage, color: Color, distance: number): Color =>
  mix(pen.tone(color), light.haze, distance);

/** Green things under snow: a colour as the season shows it. */
export function inSeason({ weather }: Stage, color: Color, cover = 0.8): Color {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return weather === 'snow' && green > red && green > blue ? mix(color, '#eff5ff', cover) : color;
}

/** What a place draws: the picture behind the characters, and what stands between them and us. */
export interface Backdrop {
  back: string;
  front: string;
  /** Where feet stand, as y. */
  ground: number;
  indoors: boolean;
}
