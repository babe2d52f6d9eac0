import type { Direction } from './direction.ts';
import { mix } from './kit/color.ts';
import { blurred, group, n } from './kit/pen.ts';
import { between, createRandom, pick } from './kit/random.ts';
import type { PlaceName } from './places/index.ts';
import { places } from './places/index.ts';
import { skyProp, standingProp } from './props/world.ts';
import { cameraMargin, finish, mark, weatherOver } from './scenery/air.ts';
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

/** The camera's own choice: the same place seen mirrored or from nearer, its ground line kept. */
function framed(stage: Stage, direction: Direction, body: string, mirror: boolean, ground: number): string {
  const dice = createRandom(direction.seed + 67);
  const zoom =
    direction.shot === 'medium'
      ? between(dice, 1, 1.32)
      : direction.shot === 'close'
        ? between(dice, 1.15, 1.5)
        : between(dice, 1, 1.08);
  const x = stage.width * between(dice, 0.3, 0.7);
  const near = group(
    `translate(${n(x)} ${n(ground)}) scale(${zoom.toFixed(3)}) translate(${n(-x)} ${n(-ground)})`,
    body,
  );
  return mirror ? group(`translate(${n(stage.width)} 0) scale(-1 1)`, near) : near;
}

function paintPlace(stage: Stage, { place }: Direction, mirror: boolean): Backdrop {
  if (lampLit.includes(place)) stage.pen.tint = mix(stage.pen.tint, '#fff1da', stage.light.dark ? 0.5 : 0.62);
  stage.pen.flip = mirror ? -1 : 1;
  const backdrop = places[place](stage);
  stage.pen.flip = 1;
  return backdrop;
}

/** Out of focus. The sharp picture stays beneath, because a blur lets the paper through along the edges. */
function softened(stage: Stage, body: string): string {
  const again = blurred(stage.pen, 5, '<use href="#behind"/>');
  return `<g id="behind">${body}</g>${again}`;
}

/** One picture of a scene: backdrop, things, characters, weather, foreground, light. */
export function sceneSvg(direction: Direction, width: number, height: number): string {
  const { time, weather, seed, shot } = direction;
  const dice = createRandom(seed + 41);
  const horizon = pick(dice, [0.5, 0.56, 0.6]) + (height > width * 1.2 ? 0.04 : 0);
  const stage = createStage({ width, height, time, weather, seed, horizon });
  const mirror = dice() < 0.5;
  const backdrop = paintPlace(stage, direction, mirror);
  const { ground } = backdrop;
  const props = things(stage, direction, backdrop);
  const behind = framed(stage, direction, backdrop.back, mirror, ground) + props.sky;
  const far = shot === 'close' ? softened(stage, behind) : behind;
  const front = shot === 'close' ? '' : framed(stage, direction, backdrop.front, mirror, ground);
  const cast = drawCast(stage, direction, ground);
  const over = weatherOver(stage, backdrop) + finish(stage) + mark(stage, cameraMargin);
  return wrap(stage, width, height, far + props.ground + cast + front + over);
}
