import type { Color } from '../kit/color.ts';
import { darken, lighten, mix } from '../kit/color.ts';
import { at, cel, fill, glow, n, outline, vertical } from '../kit/pen.ts';
import { between, pick } from '../kit/random.ts';
import { box, ellipse, polygon } from '../kit/shapes.ts';
import type { Stage } from './stage.ts';
import { faded } from './stage.ts';

const litWindow = '#ffe08a';

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

export function streetLamp(stage: Stage, x: number, y: number, tall: number): string {
  const { pen, light } = stage;
  const shine =
    light.dark || stage.time === 'sunset' || stage.weather === 'rain' ? glow(pen, 0, -282, 150, '#ffd98a', 0.8) : '';
  const body =
    outline('M0 0V-250', pen.tone('#4a5270'), 12) +
    cel(pen, box(-16, -14, 32, 16, 5), '#4a5270', { depth: 3 }) +
    shine +
    cel(pen, 'M-22 -300L-16 -250H16L22 -300Z', light.dark ? '#ffe9a8' : '#dfeaf2', { depth: 3 }) +
    cel(pen, 'M-30 -300Q0 -334 30 -300Z', '#4a5270', { depth: 3 });
  return at(x, y, tall / 320, body);
}

/** Poles and sagging wires: no street in anime is without them. */
export function wires(stage: Stage, y: number): string {
  const { width, pen, random } = stage;
  const pole = (x: number, top: number) =>
    outline(
      `M${n(x)} ${n(stage.height * 0.8)}V${n(top)}M${n(x - 46)} ${n(top + 30)}h92M${n(x - 34)} ${n(top + 56)}h68`,
      pen.tone('#5a566c'),
      9,
    );
  const x = width * between(random, 0.1, 0.22);
  const lines = [26, 54, 40]
    .map(
      (dy, i) =>
        `M-20 ${n(y + dy - 40)}Q${n(x * 0.5)} ${n(y + dy + 26)} ${n(x)} ${n(y + dy)}Q${n(width * 0.6)} ${n(y + 90 + i * 16)} ${n(width + 20)} ${n(y - 30 + dy)}`,
    )
    .join('');
  return outline(lines, pen.tone('#4a4860'), 3) + pole(x, y);
}

export function lighthouse(stage: Stage, x: number, y: number, tall: number): string {
  const { pen, light } = stage;
  const beam =
    light.dark || stage.weather === 'storm' || stage.time === 'sunset'
      ? fill('M0 -288L520 -380V-220ZM0 -288L-520 -350V-240Z', '#fff3b8', 0.3) + glow(pen, 0, -288, 130, '#fff0a8', 0.9)
      : '';
  const shape = 'M-44 0L-28 -256H28L44 0Z';
  const bands = fill('M-60 -60H60V-110H-60ZM-60 -160H60V-206H-60Z', pen.tone('#e0564e'));
  const body =
    beam +
    cel(pen, shape, '#fdf6ec', { depth: 9, inside: bands }) +
    cel(pen, box(-40, -268, 80, 16, 4), '#4a5270', { depth: 3 }) +
    cel(pen, box(-22, -312, 44, 46, 4), '#ffe9a8', { depth: 4 }) +
    cel(pen, 'M-32 -310Q0 -356 32 -310Z', '#e0564e', { depth: 5 }) +
    cel(pen, 'M-12 2V-30Q0 -46 12 -30V2Z', '#6f4a3c', { depth: 3 });
  return at(x, y, tall / 350, body);
}

/** A castle with three towers, pale with distance. */
export function castle(stage: Stage, x: number, y: number, tall: number, distance: number): string {
  const wall = faded(stage, '#e6dcea', distance);
  const dark = mix(wall, faded(stage, '#6a5a9a', distance), 0.4);
  const roof = faded(stage, '#4f6fc0', distance);
  const one = (tx: number, half: number, top: number) =>
    fill(box(tx - half, top, half * 2, -top), wall) +
    fill(box(tx + half * 0.2, top, half * 0.8, -top), dark) +
    fill(
      polygon([
        [tx - half - 8, top],
        [tx, top - half * 3],
        [tx + half + 8, top],
      ]),
      roof,
    ) +
    outline(`M${n(tx)} ${n(top - half * 3)}v-30`, roof, 3) +
    fill(
      polygon([
        [tx, top - half * 3 - 30],
        [tx + 26, top - half * 3 - 22],
        [tx, top - half * 3 - 14],
      ]),
      faded(stage, '#e8607a', distance),
    ) +
    fill(box(tx - 6, top + 24, 12, 24, 6), stage.light.dark ? litWindow : dark);
  const keep =
    fill(box(-110, -120, 220, 120), wall) +
    fill(box(20, -120, 90, 120), dark) +
    fill(Array.from({ length: 6 }, (_, i) => box(-110 + i * 40, -136, 22, 18)).join(''), wall) +
    fill('M-24 0V-46Q0 -76 24 -46V0Z', darken(dark, 0.3));
  return at(x, y, tall / 330, one(-96, 26, -170) + one(100, 26, -190) + one(0, 34, -220) + keep);
}

export function toriiGate(stage: Stage, x: number, y: number, tall: number): string {
  const { pen } = stage;
  const body =
    cel(pen, box(-96, -210, 24, 212), '#d8503c', { depth: 5 }) +
    cel(pen, box(72, -210, 24, 212), '#d8503c', { depth: 5 }) +
    cel(pen, box(-120, -196, 240, 22), '#d8503c', { depth: 4 }) +
    cel(pen, 'M-150 -268Q0 -240 150 -268L142 -236Q0 -214 -142 -236Z', '#d8503c', { depth: 5 }) +
    cel(pen, 'M-156 -280Q0 -250 156 -280L152 -266Q0 -238 -152 -266Z', '#3a3450', { depth: 2 });
  return at(x, y, tall / 280, body);
}

export function fence(stage: Stage, y: number, tall: number, color: Color): string {
  const { width, pen } = stage;
  const posts: string[] = [];
  for (let x = -10; x < width + 20; x += tall * 0.7)
    posts.push(
      cel(
        pen,
        `M${n(x)} ${n(y)}V${n(y - tall)}l${n(tall * 0.11)} ${n(-tall * 0.12)}l${n(tall * 0.11)} ${n(tall * 0.12)}V${n(y)}Z`,
        color,
        { depth: 3, line: 3 },
      ),
    );
  const rail = (dy: number) => cel(pen, box(-20, y - dy, width + 40, tall * 0.13), color, { depth: 2, line: 3 });
  return rail(tall * 0.8) + rail(tall * 0.36) + posts.join('');
}
