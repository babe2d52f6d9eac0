import type { Color } from '../kit/color.ts';
import { darken, lighten, mix } from '../kit/color.ts';
import { at, cel, fill, glow, n, outline, vertical } from '../kit/pen.ts';
import { between, pick } from '../kit/random.ts';
import { box, ellipse } from '../kit/shapes.ts';
import type { Stage } from './stage.ts';
import { faded } from './stage.ts';

export const litWindow = '#ffe08a';

/** A tower block standing on y, with windows lit at night. */
export function tower(
  stage: Stage,
  x: number,
  y: number,
  wide: number,
  tall: number,
  color: Color,
  distance: number,
): string {
  const { random, light } = stage;
  const tone = faded(stage, color, distance);
  const top = y - tall;
  const parts = [
    fill(
      box(x, top, wide, tall + 20),
      vertical(stage.pen, [
        [0, tone],
        [1, mix(tone, light.haze, 0.35)],
      ]),
    ),
    fill(box(x + wide * 0.72, top, wide * 0.28, tall + 20), mix(tone, '#2a2a5a', 0.22)),
  ];
  const step = Math.max(22, wide / 5);
  const [on, off]: [string[], string[]] = [[], []];
  for (let wy = top + step * 0.7; wy < y - step * 0.5; wy += step * 1.15) {
    for (let wx = x + step * 0.4; wx < x + wide - step * 0.6; wx += step)
      (random() < (light.dark ? 0.55 : 0.12) ? on : off).push(box(wx, wy, step * 0.52, step * 0.66));
  }
  const glass = light.dark ? mix(tone, '#0c1440', 0.35) : mix(lighten(tone, 0.4), '#bfe6ff', 0.4);
  parts.push(fill(off.join(''), glass), fill(on.join(''), light.dark ? litWindow : lighten(glass, 0.5)));
  if (random() < 0.4) parts.push(outline(`M${n(x + wide / 2)} ${n(top)}v${n(-tall * 0.12)}`, tone, 5));
  if (random() < 0.4) parts.push(fill(box(x + wide * 0.2, top - 22, wide * 0.3, 24), darken(tone, 0.1)));
  return parts.join('');
}

/** Rows of towers, the far ones pale. */
export function skyline(stage: Stage, y: number, tall: number, layers: readonly number[]): string {
  const { random, width } = stage;
  const colors: [Color, ...Color[]] = ['#7f9cc9', '#a9b4d8', '#c9b0c4', '#8fb5c9', '#d2b59a'];
  return layers
    .map((distance) => {
      const row: string[] = [];
      const share = 1 - distance * 0.45;
      for (let x = -30; x < width; ) {
        const wide = between(random, 70, 150) * share;
        row.push(
          tower(
            stage,
            x,
            y,
            wide,
            tall * between(random, 0.35, 1) * (0.7 + distance * 0.35),
            pick(random, colors),
            distance,
          ),
        );
        x += wide + between(random, 0, 26);
      }
      return row.join('');
    })
    .join('');
}

function window(stage: Stage, x: number, y: number, size: number): string {
  const { pen, light } = stage;
  const warm = light.dark || stage.time === 'sunset' || stage.time === 'dawn';
  const glass = warm ? litWindow : pen.tone('#bfe3f2');
  return (
    (warm ? glow(pen, x + size / 2, y + size / 2, size * 1.7, '#ffc85a', 0.5) : '') +
    fill(box(x, y, size, size * 1.15, 5), glass) +
    outline(
      `${box(x, y, size, size * 1.15, 5)}M${n(x + size / 2)} ${n(y)}v${n(size * 1.15)}M${n(x)} ${n(y + size * 0.56)}h${n(size)}`,
      pen.tone('#6f4a3c'),
      5,
    )
  );
}

/** A cottage of about 260 by 300 with its foot at (x, y). */
export function cottage(
  stage: Stage,
  x: number,
  y: number,
  tall: number,
  wall: Color,
  roof: Color,
  snow = false,
): string {
  const { pen } = stage;
  const tiles = [0, 1, 2].map((row) => `M${-150 + row * 8} ${-150 - row * 34}h${300 - row * 46}`).join('');
  const chimney = cel(pen, box(58, -292, 36, 80), '#b0705a', { depth: 5 });
  const body =
    cel(pen, box(-112, -150, 224, 152), wall, {
      depth: 9,
      inside: fill(box(-120, -26, 240, 30), pen.tone('#a89684'), 0.6),
    }) +
    chimney +
    cel(pen, 'M-152 -140L-88 -262H88L152 -140Q0 -124 -152 -140Z', roof, {
      depth: 10,
      inside: outline(tiles, darken(pen.tone(roof), 0.25), 4),
    }) +
    (snow
      ? fill(
          'M-152 -142L-88 -268H88L152 -142Q120 -168 90 -150Q60 -176 30 -156Q0 -176 -40 -154Q-80 -176 -152 -142Z',
          pen.tone('#f7fbff'),
        )
      : '') +
    cel(pen, 'M-30 2V-70Q-30 -96 0 -96Q30 -96 30 -70V2Z', '#8a5a44', { depth: 5 }) +
    fill(ellipse(18, -40, 5), '#ffd95a') +
    window(stage, -92, -106, 42) +
    window(stage, 50, -106, 42);
  return at(x, y, tall / 300, body);
}

/** A street house in perspective is too much: a tall front with shop window and awning, foot at (x, y). */
export function shopFront(stage: Stage, x: number, y: number, tall: number, wall: Color, awning: Color): string {
  const { pen } = stage;
  const stripes = Array.from({ length: 4 }, (_, i) =>
    fill(`M${-104 + i * 52} -152h26l4 50h-34Z`, pen.tone('#fff6ea')),
  ).join('');
  const upper = [-82, -22, 38].map((wx) => window(stage, wx, -318, 44)).join('');
  const middle = [-82, 38].map((wx) => window(stage, wx, -236, 44)).join('');
  const sign =
    cel(pen, box(-60, -204, 120, 32, 10), mix(awning, '#ffffff', 0.55), { depth: 4 }) +
    fill(ellipse(-30, -188, 7) + box(-14, -194, 46, 11, 5), pen.tone(awning));
  const body =
    cel(pen, box(-118, -380, 236, 384), wall, { depth: 12 }) +
    cel(pen, box(-128, -398, 256, 28, 6), mix(wall, '#5a3a3a', 0.4), { depth: 5 }) +
    upper +
    middle +
    cel(pen, box(-98, -104, 118, 88, 6), '#9fd6e6', {
      depth: 0,
      inside: fill('M-98 -104h50l-60 88h-20Z', '#ffffff', 0.4),
    }) +
    cel(pen, box(38, -104, 58, 108, 6), '#8a5a44', { depth: 6 }) +
    cel(
      pen,
      'M-108 -154H108L118 -104Q104 -90 88 -104Q74 -90 58 -104Q44 -90 30 -104Q16 -90 0 -104Q-14 -90 -30 -104Q-44 -90 -58 -104Q-74 -90 -88 -104Q-104 -90 -118 -104Z',
      awning,
      { depth: 5, inside: stripes },
    ) +
    sign;
  return at(x, y, tall / 400, body);
}
