import { mix } from '../kit/color.ts';
import { fill, glow, n, vertical } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import { box, ellipse } from '../kit/shapes.ts';
import { band, flowers, grass, pathTo, peaks, rocks, rolling } from '../scenery/land.ts';
import { bush, fir, lawn, tree, trunk } from '../scenery/plants.ts';
import { sky } from '../scenery/sky.ts';
import type { Backdrop, Stage } from '../scenery/stage.ts';
import { faded } from '../scenery/stage.ts';

function lightShafts({ width, height, random, light }: Stage): string {
  if (light.dark) return '';
  return Array.from({ length: 5 }, (_, i) => {
    const x = width * (0.05 + i * 0.22) + between(random, -40, 40);
    return fill(
      `M${n(x)} -20h${n(between(random, 40, 100))}L${n(x - 180)} ${n(height * 0.86)}h-170Z`,
      light.glow,
      0.13,
    );
  }).join('');
}

function fireflies({ width, height, random, pen, light }: Stage): string {
  if (!light.dark) return '';
  return Array.from({ length: 22 }, () => {
    const [x, y] = [random() * width, between(random, height * 0.35, height * 0.95)];
    return glow(pen, x, y, 26, '#f6ff9a', 0.8) + fill(ellipse(x, y, 3.4), '#fffed0');
  }).join('');
}

export function forest(stage: Stage): Backdrop {
  const { width, height, random, pen } = stage;
  const floor = height * 0.72;
  const depth = fill(
    box(-10, -10, width + 20, height + 20),
    vertical(pen, [
      [0, faded(stage, '#3f8f6a', 0.15)],
      [0.45, faded(stage, '#c9ec9a', 0.42)],
      [0.75, faded(stage, '#7fc07a', 0.3)],
    ]),
  );
  const centre = glow(
    pen,
    width * 0.5,
    height * 0.42,
    height * 0.6,
    mix(stage.light.glow, '#f4ffd0', 0.4),
    stage.light.dark ? 0.35 : 0.85,
  );
  const row = (count: number, wide: number, distance: number) =>
    Array.from({ length: count }, (_, i) =>
      trunk(
        stage,
        ((i + 0.5) / count) * width + between(random, -60, 60),
        floor + (1 - distance) * 40,
        wide * between(random, 0.8, 1.2),
        distance,
      ),
    ).join('');
  const canopy = (y: number, wide: number, color: string, distance: number) =>
    Array.from({ length: Math.ceil(width / (wide * 0.55)) + 1 }, (_, i) =>
      bush(stage, i * wide * 0.55, y + between(random, -30, 30), wide, color, distance),
    ).join('');
  const back =
    depth +
    centre +
    row(9, 26, 0.62) +
    canopy(height * 0.1, 330, '#5fae5f', 0.45) +
    row(6, 44, 0.36) +
    canopy(20, 420, '#3f8f55', 0.15) +
    lawn(stage, floor, '#6fb25a') +
    pathTo(stage, width * between(random, 0.4, 0.6), floor, 26, '#cdb78a') +
    row(2, 74, 0.06) +
    lightShafts(stage) +
    flowers(stage, floor + 50, height, ['#ffffff', '#ffe27a', '#c9b3ff'], 26);
  const front =
    bush(stage, -20, height + 10, 420, '#2f7a4a') +
    bush(stage, width + 20, height + 20, 460, '#2f7a4a') +
    fireflies(stage);
  return { back, front, ground: height * 0.87, indoors: false };
}

export function mountains(stage: Stage): Backdrop {
  const { width, height, horizon, random } = stage;
  const hills =
    band(stage, rolling(stage, horizon + 50, 36), '#6faa72', 0.36) +
    Array.from({ length: 11 }, () =>
      fir(stage, random() * width, horizon + between(random, 70, 110), between(random, 70, 120), 0.32),
    ).join('');
  const meadow = band(stage, rolling(stage, horizon + (height - horizon) * 0.34, 26), '#7fc05f', 0.04);
  const back =
    sky(stage) +
    peaks(stage, horizon + 40, horizon * 0.72, '#7f93c4', 0.5, true) +
    peaks(stage, horizon + 60, horizon * 0.44, '#6a8fa8', 0.34, true) +
    hills +
    meadow +
    pathTo(stage, width * 0.55, horizon + (height - horizon) * 0.36, 16, '#d6c193') +
    rocks(stage, height * 0.82, 5, '#a8a2b4') +
    flowers(stage, height * 0.74, height, ['#ffffff', '#f7b3d0', '#9fb8ff'], 34);
  return { back, front: grass(stage, height + 26, '#4c9a52', 120, 0.7), ground: height * 0.87, indoors: false };
}

export function field(stage: Stage): Backdrop {
  const { width, height, horizon, random } = stage;
  const far =
    band(stage, rolling(stage, horizon + 6, 30), '#8fc48a', 0.45) +
    band(stage, rolling(stage, horizon + 60, 24), '#9fd06f', 0.22);
  const lone = tree(stage, width * (random() < 0.5 ? 0.18 : 0.8), horizon + 120, height * 0.44, '#7cbf55', 0.08);
  const back =
    sky(stage) +
    peaks(stage, horizon + 20, horizon * 0.3, '#8aa8c4', 0.6, false) +
    far +
    lone +
    band(stage, rolling(stage, horizon + 120, 14), '#93d060', 0) +
    pathTo(stage, width * 0.5, horizon + 120, 16, '#e6d3a0') +
    flowers(stage, horizon + 150, height, ['#ffffff', '#ff9fb8', '#ffe27a', '#b8a8ff', '#ff8f6a'], 120);
  return {
    back,
    front:
      grass(stage, height + 26, '#58a84c', 130, 0.8) +
      flowers(stage, height * 0.95, height, ['#ff9fb8', '#ffffff'], 16),
    ground: height * 0.86,
    indoors: false,
  };
}
