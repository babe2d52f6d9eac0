import type { Color } from '../kit/color.ts';
import { darken, lighten, mix } from '../kit/color.ts';
import { clipped, fill, n, outline, vertical } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import type { Point } from '../kit/shapes.ts';
import { ellipse, polygon, under } from '../kit/shapes.ts';
import type { Stage } from './stage.ts';
import { faded, inSeason } from './stage.ts';

/** A rolling line across the picture. */
export function rolling(stage: Stage, y: number, swing: number, steps = 7): Point[] {
  return Array.from(
    { length: steps + 1 },
    (_, i) => [-40 + ((stage.width + 80) * i) / steps, y + between(stage.random, -swing, swing)] as const,
  );
}

/** A band of ground under a soft line, lighter at its crest. */
export function band(stage: Stage, line: readonly Point[], color: Color, distance: number): string {
  const tone = faded(stage, inSeason(stage, color), distance);
  return fill(
    under(line, stage.height + 20),
    vertical(stage.pen, [
      [0, lighten(tone, 0.14)],
      [0.25, tone],
      [1, darken(tone, 0.16)],
    ]),
  );
}

/** A row of peaks with snow and a shaded flank. */
export function peaks(stage: Stage, base: number, tall: number, color: Color, distance: number, snow: boolean): string {
  const { random, width } = stage;
  const tone = faded(stage, color, distance);
  const dark = faded(stage, mix(color, '#3a3a78', 0.45), distance);
  const white = faded(stage, '#ffffff', distance * 0.7);
  const parts: string[] = [];
  const count = Math.max(3, Math.round(width / 420));
  for (let i = -1; i <= count; i += 1) {
    const x = ((i + 0.5 + between(random, -0.2, 0.2)) / count) * width;
    const top = base - tall * between(random, 0.62, 1);
    const half = tall * between(random, 0.8, 1.15);
    const shape = polygon([
      [x - half, base + 10],
      [x - half * 0.5, base - (base - top) * 0.46],
      [x - half * 0.32, base - (base - top) * 0.5],
      [x, top],
      [x + half * 0.24, base - (base - top) * 0.66],
      [x + half * 0.42, base - (base - top) * 0.5],
      [x + half, base + 10],
    ]);
    const flank = polygon([
      [x, top],
      [x + half * 0.08, base - (base - top) * 0.7],
      [x - half * 0.06, base - (base - top) * 0.45],
      [x + half * 0.14, base + 10],
      [x + half * 1.1, base + 10],
      [x + half * 0.24, base - (base - top) * 0.66],
    ]);
    const h = base - top;
    const cap = polygon([
      [x, top - 4],
      [x + half * 0.26, top + h * 0.36],
      [x + half * 0.14, top + h * 0.3],
      [x + half * 0.07, top + h * 0.42],
      [x - half * 0.04, top + h * 0.29],
      [x - half * 0.12, top + h * 0.4],
      [x - half * 0.2, top + h * 0.3],
      [x - half * 0.27, top + h * 0.38],
    ]);
    const inside =
      fill(flank, dark) + (snow ? fill(cap, white) + clipped(stage.pen, cap, fill(flank, mix(white, dark, 0.35))) : '');
    parts.push(fill(shape, tone) + clipped(stage.pen, shape, inside));
  }
  return parts.join('');
}

/** Blades along a line, larger towards us. */
export function grass(stage: Stage, y: number, color: Color, tall: number, density = 1): string {
  const { width, random, pen } = stage;
  const green = inSeason(stage, color, 0.6);
  const blades: [string[], string[]] = [[], []];
  for (let x = -20; x < width + 20; x += tall * (0.28 / density)) {
    const h = tall * between(random, 0.5, 1.15);
    const bend = between(random, -0.5, 0.6) * h;
    const w = tall * 0.12;
    const foot = y + between(random, 0, tall * 0.3);
    blades[random() < 0.5 ? 0 : 1].push(
      `M${n(x - w)} ${n(foot)}Q${n(x + bend * 0.2)} ${n(foot - h * 0.6)} ${n(x + bend)} ${n(foot - h)}Q${n(x + bend * 0.4 + w)} ${n(foot - h * 0.5)} ${n(x + w)} ${n(foot)}Z`,
    );
  }
  return fill(blades[0].join(''), pen.tone(green)) + fill(blades[1].join(''), pen.tone(mix(green, '#1f4a4a', 0.28)));
}

/** Small round flowers strewn over a strip of ground, smaller with distance. */
export function flowers(stage: Stage, top: number, bottom: number, colors: readonly Color[], count: number): string {
  if (stage.weather === 'snow') return '';
  const { width, random, pen } = stage;
  const parts: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const depth = random() ** 0.7;
    const [x, y, r] = [random() * width, top + (bottom - top) * depth, 3 + depth * 9];
    const color = pen.tone(colors[i % colors.length] ?? '#ffffff');
    parts.push(
      outline(`M${n(x)} ${n(y + r * 2.6)}V${n(y)}`, pen.tone('#4f8f4a'), r * 0.3) +
        fill(
          Array.from({ length: 5 }, (_, k) =>
            ellipse(x + Math.cos(k * 1.257) * r * 0.72, y + Math.sin(k * 1.257) * r * 0.66, r * 0.52),
          ).join(''),
          color,
        ) +
        fill(ellipse(x, y, r * 0.36), pen.tone('#ffe27a')),
    );
  }
  return parts.join('');
}

/** A path that runs from us to a point on the horizon. */
export function pathTo(stage: Stage, x: number, y: number, widthThere: number, color: Color): string {
  const { height, width, pen } = stage;
  const foot = width * 0.5 + (x - width * 0.5) * 0.2;
  const half = width * 0.22;
  const middle = (y + height) / 2;
  const d = `M${n(x - widthThere)} ${n(y)}C${n(x - widthThere * 3 + 60)} ${n(middle - 60)} ${n(foot - half - 120)} ${n(middle + 60)} ${n(foot - half)} ${n(height + 10)}L${n(foot + half)} ${n(height + 10)}C${n(foot + half * 0.6 - 60)} ${n(middle + 60)} ${n(x + widthThere * 4 + 40)} ${n(middle - 40)} ${n(x + widthThere)} ${n(y)}Z`;
  const tone = pen.tone(color);
  return (
    fill(
      d,
      vertical(pen, [
        [0, lighten(tone, 0.2)],
        [1, tone],
      ]),
    ) + outline(d, darken(tone, 0.15), 4)
  );
}

export function rocks(stage: Stage, y: number, count: number, color: Color): string {
  const { random, width, pen } = stage;
  return Array.from({ length: count }, () => {
    const x = random() * width;
    const s = between(random, 16, 54);
    const shape = polygon([
      [x - s, y + s * 0.4],
      [x - s * 0.8, y - s * 0.2],
      [x - s * 0.2, y - s * 0.6],
      [x + s * 0.5, y - s * 0.4],
      [x + s, y + s * 0.4],
    ]);
    const shade = polygon([
      [x + s * 0.1, y - s * 0.5],
      [x + s * 0.5, y - s * 0.4],
      [x + s, y + s * 0.4],
      [x + s * 0.2, y + s * 0.4],
    ]);
    return fill(shape, pen.tone(color)) + fill(shade, pen.tone(mix(color, '#3a3060', 0.4)));
  }).join('');
}
