import type { Color } from '../kit/color.ts';
import { darken, lighten, mix } from '../kit/color.ts';
import type { Pen } from '../kit/pen.ts';
import { clipped, fill, n, outline, vertical } from '../kit/pen.ts';
import { ellipse } from '../kit/shapes.ts';
import type { Expression } from './types.ts';

const ink = '#33222e';

interface EyeShape {
  /** Height of the opening, 1 = wide open. */
  open: number;
  iris: number;
  /** Tilt of the upper lid and the brow: positive is angry, negative sad. */
  slant: number;
  browLift: number;
}

const eyeShapes: Record<Exclude<Expression, 'joy' | 'closed'>, EyeShape> = {
  smile: { open: 1, iris: 1, slant: 0, browLift: 0 },
  calm: { open: 0.82, iris: 1, slant: -1, browLift: 2 },
  sad: { open: 0.84, iris: 1, slant: -6, browLift: 2 },
  worried: { open: 0.95, iris: 0.88, slant: -7, browLift: 4 },
  determined: { open: 0.86, iris: 1, slant: 5, browLift: -7 },
  angry: { open: 0.78, iris: 0.9, slant: 8, browLift: -10 },
  surprised: { open: 1.14, iris: 0.78, slant: 0, browLift: 12 },
};

/** Two shut arcs: laughing ones bend up, peaceful ones down. */
function shutEye(width: number, laughing: boolean): string {
  const bend = laughing ? -20 : 14;
  return outline(`M${n(-width)} 4Q0 ${bend} ${n(width)} 4`, ink, 6);
}

function openEye(pen: Pen, width: number, color: Color, shape: EyeShape): string {
  const height = 29 * shape.open;
  const white = `M${n(-width)} 2C${n(-width)} ${n(-height - shape.slant)} ${n(width)} ${n(-height + shape.slant)} ${n(width)} 2C${n(width * 0.9)} ${n(height * 0.95)} ${n(-width * 0.9)} ${n(height * 0.95)} ${n(-width)} 2Z`;
  const irisFill = vertical(pen, [
    [0, darken(color, 0.68)],
    [0.5, color],
    [1, lighten(mix(color, '#ffe9c0', 0.2), 0.4)],
  ]);
  const rx = width * 0.8 * shape.iris;
  const ry = 25 * shape.iris * Math.min(1, shape.open + 0.1);
  const iris =
    fill(ellipse(1, 1, rx, ry), irisFill) +
    fill(ellipse(1, -1, rx * 0.46, ry * 0.5), darken(color, 0.85)) +
    fill(ellipse(1, ry * 0.62, rx * 0.55, ry * 0.22), lighten(color, 0.6), 0.7) +
    fill(ellipse(-rx * 0.34, -ry * 0.42, rx * 0.36, ry * 0.3), '#ffffff') +
    fill(ellipse(rx * 0.42, ry * 0.36, rx * 0.17, ry * 0.15), '#ffffff', 0.9);
  const lid = `M${n(-width - 2)} 1C${n(-width)} ${n(-height - shape.slant)} ${n(width)} ${n(-height + shape.slant)} ${n(width + 3)} 0`;
  return (
    fill(white, pen.tone('#ffffff')) +
    clipped(pen, white, fill(ellipse(0, -height, width * 1.2, 17), '#8f83b8', 0.35) + iris) +
    outline(lid, ink, 6) +
    outline(`M${n(width + 3)} 0l5 -4`, ink, 4)
  );
}

/** One eye around (0,0), its outer corner towards +x. `squeeze` < 1 for the far eye of a turned head. */
export function eye(pen: Pen, color: Color, expression: Expression, squeeze: number): string {
  const width = 21 * squeeze;
  if (expression === 'joy') return shutEye(width, true);
  if (expression === 'closed') return shutEye(width, false);
  return openEye(pen, width, color, eyeShapes[expression]);
}

export function brow(color: Color, expression: Expression, squeeze: number): string {
  const shape = expression === 'joy' || expression === 'closed' ? eyeShapes.smile : eyeShapes[expression];
  const [y, tilt] = [-44 - shape.browLift, shape.slant];
  const path = `M${n(-19 * squeeze)} ${n(y + tilt)}Q0 ${n(y - 6)} ${n(20 * squeeze)} ${n(y - tilt)}`;
  return outline(path, darken(color, 0.35), 5);
}

export const tear = (): string =>
  fill('M10 26C4 40 4 50 11 52C18 50 18 40 10 26Z', '#bfe6ff', 0.9) + fill(ellipse(9, 45, 2), '#ffffff');
