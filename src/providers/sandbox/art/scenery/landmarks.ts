import type { Color } from '../kit/color.ts';
import { darken, mix } from '../kit/color.ts';
import type { Pen } from '../kit/pen.ts';
import { at, cel, fill, glow, horizontal, n, outline } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import { box, polygon } from '../kit/shapes.ts';
import { litWindow } from './buildings.ts';
import type { Stage } from './stage.ts';
import { faded } from './stage.ts';

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

/** A beam of light that is lost in the distance, to the right or to the left. */
const fading = (pen: Pen, way: 1 | -1): Color => {
  const strength = (at: number) => (way > 0 ? 1 - at : at) * 0.42;
  return horizontal(pen, [
    [0, '#fff3b8', strength(0)],
    [1, '#fff3b8', strength(1)],
  ]);
};

export function lighthouse(stage: Stage, x: number, y: number, tall: number): string {
  const { pen, light } = stage;
  const beam =
    light.dark || stage.weather === 'storm' || stage.time === 'sunset'
      ? fill('M0 -288L560 -384V-214Z', fading(pen, 1)) +
        fill('M0 -288L-560 -354V-236Z', fading(pen, -1)) +
        glow(pen, 0, -288, 130, '#fff0a8', 0.9)
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
