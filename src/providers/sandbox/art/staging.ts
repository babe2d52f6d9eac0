import type { Direction } from './direction.ts';
import type { Acting } from './figure/figure.ts';
import { drawFigure } from './figure/figure.ts';
import { rigOf } from './figure/rigs.ts';
import type { Expression, Look, PoseName, Species, View } from './figure/types.ts';
import { mix } from './kit/color.ts';
import { group, n } from './kit/pen.ts';
import { between, pick } from './kit/random.ts';
import { heldProp } from './props/hand.ts';
import type { Stage } from './scenery/stage.ts';

interface Place {
  x: number;
  y: number;
  scale: number;
  facing: 1 | -1;
}

/** A figure is about this wide for its height. */
const slimness = 0.52;

/** Height of a child of 585 figure units, as a share of the shorter side of the picture. */
function targetHeight(stage: Stage, direction: Direction): number {
  const portrait = stage.height > stage.width * 1.2;
  const shares = { wide: 0.42, medium: 0.6, behind: 0.52, close: 1.18 };
  return shares[direction.shot] * (portrait ? 880 : 1000);
}

/** Who stands where: a row around a point off the middle, the ends turned inwards; many stand in two rows. */
function places(stage: Stage, direction: Direction, ground: number): Place[] {
  const { random, width, height } = stage;
  const count = direction.cast.length;
  const close = direction.shot === 'close';
  const shown = close ? Math.min(count, 2) : count;
  const rows = shown * slimness * 1.06 * targetHeight(stage, direction) > width * 0.92 && shown > 2 ? 2 : 1;
  const perRow = Math.ceil(shown / rows);
  const room = (width * 0.94) / (perRow * slimness);
  const target = Math.min(targetHeight(stage, direction), room);
  const scale = target / 585;
  const step = target * slimness * (close ? 1.02 : between(random, 1.04, 1.3));
  const side = shown === 1 ? pick(random, [-0.17, 0.17, -0.1, 0.1, 0]) : pick(random, [-0.08, 0, 0.08]);
  const travelling = direction.pose === 'walk' || direction.pose === 'run';
  const way: 1 | -1 = side > 0 ? -1 : side < 0 ? 1 : pick(random, [1, -1]);
  return Array.from({ length: shown }, (_, i) => {
    const row = Math.floor(i / perRow);
    const inRow = Math.min(perRow, shown - row * perRow);
    const along = (i % perRow) - (inRow - 1) / 2;
    const middle = width * (0.5 + side);
    const x = Math.min(width - target * 0.33, Math.max(target * 0.33, middle + along * step + row * step * 0.5));
    const inward: 1 | -1 = Math.abs(along) < 0.1 ? way : along < 0 ? 1 : -1;
    const feet = close
      ? height * 0.53
      : ground + (stage.height > width ? -height * 0.03 : 0) - row * 74 + Math.abs(along) * 10;
    return { x, y: feet, scale: scale * (1 - row * 0.14), facing: travelling ? way : inward };
  });
}

/** Beside others, a mouse is small. */
const sizes: Partial<Record<Species, number>> = {
  mouse: 0.64,
  bird: 0.72,
  frog: 0.74,
  squirrel: 0.8,
  turtle: 0.8,
  fish: 0.8,
  owl: 0.9,
  rabbit: 0.92,
};

const companionPoses: Partial<Record<PoseName, readonly [PoseName, ...PoseName[]]>> = {
  walk: ['walk'],
  run: ['run'],
  cheer: ['cheer', 'jump', 'wave'],
  sit: ['sit', 'stand'],
  shiver: ['shiver', 'hug'],
  jump: ['cheer', 'jump'],
  hold: ['stand', 'hold'],
};

function viewOf(stage: Stage, direction: Direction, pose: PoseName): View {
  if (direction.shot === 'behind') return 'back';
  if (pose === 'run') return 'quarter';
  if (pose === 'walk') return pick(stage.random, ['quarter', 'side']);
  if (direction.shot === 'close') return pick(stage.random, ['front', 'quarter']);
  return pick(stage.random, ['quarter', 'quarter', 'front']);
}

function actingOf(stage: Stage, direction: Direction, index: number): Acting {
  const lead = index === 0;
  const choices = companionPoses[direction.pose] ?? (['stand', 'stand', 'wave', 'think', 'hold'] as const);
  const pose = lead ? direction.pose : pick(stage.random, choices);
  const moods: readonly [Expression, ...Expression[]] = [direction.expression, direction.expression, 'calm', 'smile'];
  const hard =
    direction.expression === 'sad' ||
    direction.expression === 'worried' ||
    direction.expression === 'angry' ||
    direction.expression === 'determined';
  return {
    view: viewOf(stage, direction, pose),
    pose,
    expression: lead || hard ? direction.expression : pick(stage.random, moods),
  };
}

const freeHands: readonly PoseName[] = [
  'stand',
  'walk',
  'run',
  'wave',
  'point',
  'cheer',
  'reach',
  'hold',
  'sit',
  'jump',
];

/** The first thing a hand can hold goes to the lead, the next to the one beside. */
function holding(stage: Stage, direction: Direction, index: number, acting: Acting): string | undefined {
  if (!freeHands.includes(acting.pose) || acting.view === 'back') return undefined;
  const things = direction.props.map((name) => heldProp(stage.pen, name)).filter((body) => body !== undefined);
  return things[index];
}

function drawn(stage: Stage, look: Look, acting: Acting, { x, y, scale, facing }: Place): string {
  const { pen } = stage;
  const { tint } = pen;
  pen.flip = facing;
  pen.tint = mix(tint, '#ffffff', stage.light.dark ? 0.52 : 0.3);
  const body = drawFigure(pen, look, acting);
  pen.flip = 1;
  pen.tint = tint;
  const size = Math.round(scale * 1000) / 1000;
  return group(`translate(${n(x)} ${n(y)}) scale(${size * facing} ${size})`, body);
}

/** All characters of a scene, the far row first. */
export function drawCast(stage: Stage, direction: Direction, ground: number): string {
  return places(stage, direction, ground)
    .map((where, index) => {
      const look = direction.cast[index];
      if (!look) return { y: 0, body: '' };
      const size = direction.cast.length > 1 ? (sizes[look.species] ?? 1) : 1;
      const place = { ...where, scale: where.scale * size };
      const acting = actingOf(stage, direction, index);
      const held = holding(stage, direction, index, acting);
      const lower = direction.shot === 'close' ? -rigOf(look).headY * place.scale : 0;
      return {
        y: place.y,
        body: drawn(stage, look, held ? { ...acting, holding: held } : acting, { ...place, y: place.y + lower }),
      };
    })
    .toSorted((a, b) => a.y - b.y)
    .map(({ body }) => body)
    .join('');
}
