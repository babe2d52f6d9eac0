import { drawFigure, figureHeight } from './figure/figure.ts';
import { rigOf } from './figure/rigs.ts';
import type { Expression, Look, PoseName, View } from './figure/types.ts';
import { at, fill, vertical } from './kit/pen.ts';
import { box } from './kit/shapes.ts';
import { wrap } from './scene.ts';
import { mark } from './scenery/air.ts';
import { createStage } from './scenery/stage.ts';

const views: readonly View[] = ['front', 'side', 'back'];

/** What a sheet shows first, and what it shows to whoever buys it again. */
const poses: readonly PoseName[] = ['stand', 'wave', 'hold', 'think'];
const expressions: readonly Expression[] = ['smile', 'joy', 'calm'];

/** One wide picture with three equal columns: the character from the front, the side and the back. */
export function sheetSvg(look: Look, width: number, height: number, variant = 0): string {
  const stage = createStage({ width, height, time: 'noon', weather: 'clear', seed: 1, horizon: 0.5 });
  const column = stage.width / 3;
  const pose = poses[variant % poses.length] ?? 'stand';
  const expression = expressions[variant % expressions.length] ?? 'smile';
  const tall = look.hat ? figureHeight(look) * 1.2 : figureHeight(look) * 1.08;
  const span = Math.max(rigOf(look).headRadius * 3, 380);
  const scale = Math.min((stage.height * 0.84) / tall, (column * 0.94) / span);
  const paper = fill(
    box(-5, -5, stage.width + 10, stage.height + 10),
    vertical(stage.pen, [
      [0, '#fbfaf7'],
      [1, '#f1eee8'],
    ]),
  );
  const figures = views
    .map((view, index) =>
      at(column * (index + 0.5), stage.height * 0.92, scale, drawFigure(stage.pen, look, { view, pose, expression })),
    )
    .join('');
  return wrap(stage, width, height, paper + figures + mark(stage));
}
