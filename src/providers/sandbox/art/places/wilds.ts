import { lighten, mix } from '../kit/color.ts';
import { fill, glow, n, outline, vertical } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import { box, under } from '../kit/shapes.ts';
import { band, grass, peaks, rocks, rolling } from '../scenery/land.ts';
import { fir } from '../scenery/plants.ts';
import { discAt, sky } from '../scenery/sky.ts';
import type { Backdrop, Stage } from '../scenery/stage.ts';
import { faded } from '../scenery/stage.ts';
import { water } from '../scenery/water.ts';

export function desert(stage: Stage): Backdrop {
  const { width, height, horizon, random, pen } = stage;
  const dune = (y: number, color: string, distance: number) => {
    const line = rolling(stage, y, 52, 4);
    return band(stage, line, color, distance);
  };
  const cactus = (x: number, y: number, s: number) =>
    outline(
      `M${n(x)} ${n(y)}V${n(y - s)}M${n(x)} ${n(y - s * 0.35)}H${n(x + s * 0.34)}V${n(y - s * 0.74)}M${n(x)} ${n(y - s * 0.5)}H${n(x - s * 0.3)}V${n(y - s * 0.8)}`,
      pen.tone('#2f6f4f'),
      s * 0.2,
    ) +
    outline(
      `M${n(x - 2)} ${n(y)}V${n(y - s)}M${n(x)} ${n(y - s * 0.35)}H${n(x + s * 0.34)}V${n(y - s * 0.74)}M${n(x)} ${n(y - s * 0.5)}H${n(x - s * 0.3)}V${n(y - s * 0.8)}`,
      pen.tone('#5fae6a'),
      s * 0.15,
    );
  const ripples = Array.from({ length: 16 }, () => {
    const [x, y] = [random() * width, between(random, height * 0.74, height)];
    return `M${n(x)} ${n(y)}q40 -14 80 0t80 0`;
  }).join('');
  const back =
    sky(stage) +
    dune(horizon + 10, '#f2c98a', 0.5) +
    dune(horizon + 70, '#f0bd74', 0.28) +
    cactus(width * 0.84, horizon + 190, 150) +
    dune(horizon + 150, '#f3c477', 0.05) +
    cactus(width * 0.13, height * 0.8, 210) +
    outline(ripples, pen.tone('#d99f58'), 5) +
    rocks(stage, height * 0.8, 3, '#c98f6a');
  return { back, front: '', ground: height * 0.88, indoors: false };
}

export function snowfield(stage: Stage): Backdrop {
  const { width, height, horizon, random, pen } = stage;
  const firs = (count: number, y: number, low: number, high: number, distance: number) =>
    Array.from({ length: count }, () =>
      fir(stage, random() * width, y + between(random, -10, 20), between(random, low, high), distance, true),
    ).join('');
  const drift = (y: number, distance: number) => {
    const tone = faded(stage, '#f4f8ff', distance);
    return fill(
      under(rolling(stage, y, 22, 5), height + 20),
      vertical(pen, [
        [0, lighten(tone, 0.5)],
        [0.3, tone],
        [1, mix(tone, pen.tone('#a9bfe6'), 0.55)],
      ]),
    );
  };
  const back =
    sky(stage) +
    peaks(stage, horizon + 30, horizon * 0.6, '#8fa6d2', 0.45, true) +
    firs(12, horizon + 40, 90, 150, 0.45) +
    drift(horizon + 30, 0.2) +
    firs(6, horizon + 110, 190, 290, 0.14) +
    drift(horizon + 110, 0.02);
  return {
    back,
    front: fir(stage, width * 0.02, height + 30, height * 0.62, 0, true) + drift(height * 0.965, 0),
    ground: height * 0.88,
    indoors: false,
  };
}

export function lake(stage: Stage): Backdrop {
  const { width, height, horizon, random } = stage;
  const disc = discAt(stage);
  const shore = height * 0.8;
  const firs = Array.from({ length: 22 }, () =>
    fir(stage, random() * width, horizon + between(random, 0, 14), between(random, 70, 150), 0.4),
  ).join('');
  const back =
    sky(stage) +
    peaks(stage, horizon + 14, horizon * 0.6, '#7f93c4', 0.5, true) +
    firs +
    water(stage, horizon + 6, height, disc.x) +
    band(stage, rolling(stage, shore, 20), '#7cba5e', 0) +
    rocks(stage, shore + 20, 5, '#a8a2b4');
  return { back, front: grass(stage, height + 26, '#4c9a52', 150, 0.6), ground: height * 0.9, indoors: false };
}

export function cave(stage: Stage): Backdrop {
  const { width, height, pen, random } = stage;
  const wall = fill(
    box(-10, -10, width + 20, height + 20),
    vertical(pen, [
      [0, '#241f4a'],
      [0.6, '#3d3570'],
      [1, '#2b2552'],
    ]),
  );
  const mouthX = width * between(random, 0.35, 0.65);
  const light = glow(pen, mouthX, height * 0.42, height * 0.7, '#9fe6ff', 0.85);
  const teeth = (down: boolean) =>
    Array.from({ length: Math.ceil(width / 110) + 1 }, (_, i) => {
      const h = between(random, 60, 250);
      const x = i * 110;
      return down
        ? `M${n(x - 60)} -10Q${n(x - 10)} ${n(h * 0.4)} ${n(x)} ${n(h)}Q${n(x + 16)} ${n(h * 0.4)} ${n(x + 64)} -10Z`
        : `M${n(x - 60)} ${n(height * 0.8)}Q${n(x - 10)} ${n(height * 0.8 - h * 0.2)} ${n(x)} ${n(height * 0.8 - h * 0.5)}Q${n(x + 16)} ${n(height * 0.8 - h * 0.2)} ${n(x + 64)} ${n(height * 0.8)}Z`;
    }).join('');
  const crystal = (x: number, y: number, s: number, color: string) =>
    glow(pen, x, y - s * 0.5, s * 1.8, color, 0.65) +
    [-24, 0, 26]
      .map(
        (turn, i) =>
          `<g transform="translate(${n(x)} ${n(y)}) rotate(${turn})">${fill(`M${n(-s * 0.16)} 0V${n(-s * 0.7)}L0 ${n(-s * (i === 1 ? 1.2 : 0.9))}L${n(s * 0.16)} ${n(-s * 0.7)}V0Z`, mix(color, '#ffffff', 0.3))}${fill(`M0 0V${n(-s * (i === 1 ? 1.2 : 0.9))}L${n(s * 0.16)} ${n(-s * 0.7)}V0Z`, mix(color, '#3a3a8a', 0.25))}</g>`,
      )
      .join('');
  const crystals = [0.08, 0.22, 0.78, 0.93]
    .map((k, i) =>
      crystal(
        width * k,
        height * between(random, 0.76, 0.86),
        between(random, 90, 150),
        ['#7fe6ff', '#c79aff', '#ff9ad2', '#8affc9'][i] ?? '#7fe6ff',
      ),
    )
    .join('');
  const ground = band(
    { ...stage, light: { ...stage.light, haze: '#3d3570' } },
    rolling(stage, height * 0.78, 16),
    '#5a4f94',
    0.35,
  );
  return {
    back: wall + light + fill(teeth(true), '#1b173c') + fill(teeth(false), '#332c64') + ground + crystals,
    front: fill(teeth(true), '#120f2c', 0.5),
    ground: height * 0.89,
    indoors: true,
  };
}
