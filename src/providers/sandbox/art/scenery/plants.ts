import type { Color } from '../kit/color.ts';
import { darken, lighten, mix } from '../kit/color.ts';
import { at, clipped, fill, group, n, outline, vertical } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import { ellipse, polygon } from '../kit/shapes.ts';
import type { Stage } from './stage.ts';
import { faded, inSeason } from './stage.ts';

/** A crown of leaves as three tones of round heaps, 200 wide around (0,0). */
function crown(stage: Stage, color: Color, distance: number): string {
  const { random } = stage;
  const puffs = Array.from({ length: 14 }, (_, i) => {
    const angle = (i / 14) * Math.PI * 2;
    const reach = i % 2 === 0 ? 62 : 40;
    return [Math.cos(angle) * reach, Math.sin(angle) * reach * 0.74, between(random, 32, 46)] as const;
  });
  const heap = (dx: number, dy: number, scale: number) =>
    puffs.map(([x, y, r]) => ellipse(x + dx, y + dy, r * scale)).join('');
  const green = inSeason(stage, color, 0.55);
  const tone = faded(stage, green, distance);
  const dark = faded(stage, mix(green, '#1f3a5a', 0.42), distance);
  const dots = Array.from({ length: 12 }, () =>
    ellipse(between(random, -70, 40), between(random, -66, 20), between(random, 4, 10)),
  ).join('');
  return (
    fill(heap(0, 0, 1), dark) +
    fill(heap(-7, -12, 0.86), tone) +
    fill(heap(-18, -26, 0.5), lighten(tone, 0.16)) +
    fill(dots, lighten(tone, 0.3), 0.75)
  );
}

/** A leafy tree with its foot at (x, y). */
export function tree(stage: Stage, x: number, y: number, tall: number, color: Color, distance = 0): string {
  const bark = faded(stage, '#8a5f45', distance);
  const trunk = `M-14 0C-10 -40 -12 -70 -8 -110L-40 -150L-32 -154L0 -124L30 -156L38 -150L10 -108C12 -70 12 -40 16 0Z`;
  const body =
    fill(trunk, bark) +
    fill('M2 0C4 -40 4 -80 2 -112L10 -108C12 -70 12 -40 16 0Z', darken(bark, 0.25)) +
    at(0, -196, 1.05, crown(stage, color, distance));
  return at(x, y, tall / 300, body);
}

/** A fir with three tiers; `snow` lies on each. */
export function fir(stage: Stage, x: number, y: number, tall: number, distance = 0, snow = false): string {
  const color = faded(stage, '#2f7a5e', distance);
  const dark = faded(stage, '#1f4f55', distance);
  const tier = (top: number, low: number, half: number) => {
    const d = `M0 ${top}Q${n(half * 0.5)} ${n(low - 26)} ${half} ${low}Q${n(half * 0.55)} ${n(low + 4)} ${n(half * 0.3)} ${low - 6}Q0 ${low + 14} ${n(-half * 0.3)} ${low - 6}Q${n(-half * 0.55)} ${n(low + 4)} ${-half} ${low}Q${n(-half * 0.5)} ${n(low - 26)} 0 ${top}Z`;
    const cap = `M0 ${top - 3}Q${n(half * 0.4)} ${n(low - 40)} ${n(half * 0.72)} ${n(low - 22)}Q${n(half * 0.3)} ${n(low - 34)} 0 ${n(low - 22)}Q${n(-half * 0.4)} ${n(low - 34)} ${n(-half * 0.78)} ${n(low - 16)}Q${n(-half * 0.4)} ${n(low - 40)} 0 ${top - 3}Z`;
    return (
      fill(d, color) +
      clipped(stage.pen, d, fill(`M6 ${top}L${half} ${low - 10}V${low + 20}H-4Z`, dark)) +
      (snow ? fill(cap, faded(stage, '#f4f9ff', distance * 0.5)) : '')
    );
  };
  const body =
    fill('M-9 0V-30H9V0Z', faded(stage, '#6f4c3a', distance)) +
    tier(-150, -20, 76) +
    tier(-216, -96, 62) +
    tier(-270, -166, 46);
  return at(x, y, tall / 270, body);
}

export function palm(stage: Stage, x: number, y: number, tall: number): string {
  const { pen } = stage;
  const leaf = (angle: number, shade: number) =>
    group(
      `rotate(${angle})`,
      fill(
        'M0 0C30 -34 90 -40 140 -4C110 -14 100 -10 96 -2C84 -12 74 -10 68 0C58 -10 46 -8 40 4C30 -4 14 -4 0 0Z',
        pen.tone(mix('#3f9a5a', '#1f5a5a', shade)),
      ),
    );
  const trunk = 'M-12 0C-6 -80 10 -160 34 -232L48 -228C30 -160 14 -80 14 0Z';
  const rings = Array.from({ length: 9 }, (_, i) => `M${n(-10 + i * 4.6)} ${-18 - i * 24}q12 8 24 2`).join('');
  const body =
    fill(trunk, pen.tone('#b08a5c')) +
    outline(rings, pen.tone('#8a6a48'), 4) +
    at(
      40,
      -232,
      1,
      [-200, -160, -110, -60, -20, 20].map((angle, i) => leaf(angle, i * 0.1)).join('') +
        fill(ellipse(-4, 10, 10) + ellipse(10, 12, 9), pen.tone('#8a5a3a')),
    );
  return at(x, y, tall / 300, body);
}

/** A bush, or at a larger size a bank of leaves in front of the picture. */
export function bush(stage: Stage, x: number, y: number, wide: number, color: Color, distance = 0): string {
  return at(x, y, wide / 200, crown(stage, color, distance));
}

/** A bare trunk that rises out of the picture. */
export function trunk(stage: Stage, x: number, y: number, wide: number, distance: number): string {
  const color = faded(stage, '#7d5a46', distance);
  const d = `M${n(x - wide * 0.9)} ${n(y + 10)}Q${n(x - wide * 0.46)} ${n(y - 60)} ${n(x - wide * 0.4)} -20H${n(x + wide * 0.4)}Q${n(x + wide * 0.44)} ${n(y - 60)} ${n(x + wide)} ${n(y + 10)}Q${n(x)} ${n(y - 14)} ${n(x - wide * 0.9)} ${n(y + 10)}Z`;
  const shade = polygon([
    [x + wide * 0.06, -20],
    [x + wide, -20],
    [x + wide * 1.1, y + 20],
    [x + wide * 0.1, y + 20],
  ]);
  const marks = outline(
    `M${n(x - wide * 0.2)} ${n(y * 0.3)}v${n(y * 0.14)}M${n(x - wide * 0.05)} ${n(y * 0.55)}v${n(y * 0.12)}M${n(x - wide * 0.24)} ${n(y * 0.75)}v${n(y * 0.1)}`,
    darken(color, 0.24),
    wide * 0.05,
  );
  return fill(d, color) + clipped(stage.pen, d, fill(shade, darken(color, 0.26)) + marks);
}

export const lawn = (stage: Stage, y: number, color: Color): string =>
  fill(
    `M-10 ${n(y)}H${n(stage.width + 10)}V${n(stage.height + 10)}H-10Z`,
    vertical(stage.pen, [
      [0, lighten(stage.pen.tone(inSeason(stage, color)), 0.16)],
      [1, darken(stage.pen.tone(inSeason(stage, color)), 0.14)],
    ]),
  );
