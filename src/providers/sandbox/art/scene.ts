import type { Direction } from './direction.ts';
import { mix } from './kit/color.ts';
import { blurred } from './kit/pen.ts';
import { createRandom, pick } from './kit/random.ts';
import type { PlaceName } from './places/index.ts';
import { places } from './places/index.ts';
import { skyProp, standingProp } from './props/world.ts';
import { finish, mark, weatherOver } from './scenery/air.ts';
import type { Backdrop, Stage } from './scenery/stage.ts';
import { createStage } from './scenery/stage.ts';
import { drawCast } from './staging.ts';

function things(stage: Stage, direction: Direction, backdrop: Backdrop): { sky: string; ground: string } {
  const sky: string[] = [];
  const ground: string[] = [];
  for (const [index, name] of direction.props.entries()) {
    const side = index % 2 === 0 ? 1 : -1;
    const flying =
      backdrop.indoors || (name === 'airship' && direction.place === 'airshipDeck')
        ? undefined
        : skyProp(stage, name, side);
    if (flying) sky.push(flying);
    const x = stage.width * (0.5 + side * 0.34);
    const standing = standingProp(stage, name, x, backdrop.ground - 40, Math.min(stage.width, stage.height) * 0.3);
    if (standing) ground.push(standing);
  }
  return { sky: sky.join(''), ground: ground.join('') };
}

/** Rooms have lamps: the weather outside does not make them grey. */
const lampLit: readonly PlaceName[] = ['kitchen', 'bedroom', 'library', 'classroom', 'workshop', 'throneRoom'];

export function wrap(stage: Stage, width: number, height: number, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${stage.width} ${stage.height}"><defs>${stage.pen.definitions()}</defs>${body}</svg>`;
}

/** One picture of a scene: backdrop, things, characters, weather, foreground, light. */
export function sceneSvg(direction: Direction, width: number, height: number): string {
  const { time, weather, seed, place, shot } = direction;
  const dice = createRandom(seed + 41);
  const horizon = pick(dice, [0.5, 0.56, 0.6]) + (height > width * 1.2 ? 0.04 : 0);
  const stage = createStage({ width, height, time, weather, seed, horizon });
  if (lampLit.includes(place)) stage.pen.tint = mix(stage.pen.tint, '#fff1da', stage.light.dark ? 0.5 : 0.62);
  const backdrop = places[place](stage);
  const props = things(stage, direction, backdrop);
  const behind = backdrop.back + props.sky;
  const far = shot === 'close' ? blurred(stage.pen, 5, behind) : behind;
  const cast = drawCast(stage, direction, backdrop.ground);
  const body =
    far +
    props.ground +
    cast +
    (shot === 'close' ? '' : backdrop.front) +
    weatherOver(stage, backdrop) +
    finish(stage) +
    mark(stage);
  return wrap(stage, width, height, body);
}
