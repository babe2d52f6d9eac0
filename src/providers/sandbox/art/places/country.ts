import { cel, fill, glow, n, outline, vertical } from '../kit/pen.ts';
import { between, pick } from '../kit/random.ts';
import { box, ellipse } from '../kit/shapes.ts';
import { cottage } from '../scenery/buildings.ts';
import { band, flowers, grass, pathTo, peaks, rolling } from '../scenery/land.ts';
import { castle, fence, streetLamp, toriiGate } from '../scenery/landmarks.ts';
import { bush, fir, lawn, tree } from '../scenery/plants.ts';
import { sky } from '../scenery/sky.ts';
import type { Backdrop, Stage } from '../scenery/stage.ts';

const roofs: [string, ...string[]] = ['#d9735a', '#6f8fc0', '#c98a4f', '#8a6fa8', '#5f9a8a'];

export function village(stage: Stage): Backdrop {
  const { width, height, horizon, random } = stage;
  const snow = stage.weather === 'snow';
  const green = snow ? '#eef4ff' : '#8cc968';
  const floor = horizon + (height - horizon) * 0.2;
  const far = Array.from({ length: 5 }, (_, i) =>
    cottage(
      stage,
      (i / 4) * width + between(random, -50, 50),
      floor + 14,
      between(random, 120, 160),
      '#f7ead2',
      pick(random, roofs),
      snow,
    ),
  ).join('');
  const near = [0.14, 0.84]
    .map((k) =>
      cottage(
        stage,
        width * k + between(random, -30, 30),
        floor + 150,
        height * between(random, 0.34, 0.42),
        '#fbf0da',
        pick(random, roofs),
        snow,
      ),
    )
    .join('');
  const trees = Array.from({ length: 6 }, () =>
    snow
      ? fir(stage, random() * width, floor + 10, between(random, 120, 200), 0.25, true)
      : tree(stage, random() * width, floor + 16, between(random, 150, 230), '#74b85a', 0.25),
  ).join('');
  const back =
    sky(stage) +
    peaks(stage, horizon + 20, horizon * 0.42, '#86a6c4', 0.55, true) +
    band(stage, rolling(stage, horizon + 30, 30), green, 0.35) +
    trees +
    far +
    lawn(stage, floor + 20, green) +
    pathTo(stage, width * 0.5, floor + 20, 22, '#e3cf9f') +
    near +
    (snow ? '' : flowers(stage, floor + 140, height, ['#ffffff', '#ff9fb8', '#ffe27a'], 40)) +
    streetLamp(stage, width * 0.68, floor + 200, height * 0.36);
  return {
    back,
    front: snow ? '' : bush(stage, 30, height + 20, 330, '#4c9a52') + grass(stage, height + 26, '#4c9a52', 90, 0.7),
    ground: height * 0.89,
    indoors: false,
  };
}

export function castleView(stage: Stage): Backdrop {
  const { width, height, horizon } = stage;
  const hill = band(
    stage,
    [
      [-40, horizon + 120],
      [width * 0.3, horizon + 60],
      [width * 0.52, horizon - 20],
      [width * 0.74, horizon + 50],
      [width + 40, horizon + 110],
    ],
    '#7fbf6a',
    0.22,
  );
  const back =
    sky(stage) +
    peaks(stage, horizon + 60, horizon * 0.46, '#8a9fd0', 0.55, true) +
    castle(stage, width * 0.52, horizon + 6, height * 0.5, 0.14) +
    hill +
    band(stage, rolling(stage, horizon + 150, 16), '#8fce62', 0) +
    pathTo(stage, width * 0.52, horizon + 40, 12, '#e8d6a8') +
    flowers(stage, horizon + 190, height, ['#ffffff', '#ff9fc0', '#b8a8ff'], 60);
  return { back, front: grass(stage, height + 26, '#58a84c', 110, 0.8), ground: height * 0.87, indoors: false };
}

export function throneRoom(stage: Stage): Backdrop {
  const { width, height, pen } = stage;
  const floor = height * 0.76;
  const wall = fill(
    box(-10, -10, width + 20, floor + 20),
    vertical(pen, [
      [0, pen.tone('#6a5f9a')],
      [1, pen.tone('#a89ac9')],
    ]),
  );
  const arch = (x: number) =>
    fill(
      `M${n(x - 80)} ${n(floor - 60)}V${n(height * 0.26)}Q${n(x)} ${n(height * 0.06)} ${n(x + 80)} ${n(height * 0.26)}V${n(floor - 60)}Z`,
      vertical(pen, stage.light.sky),
    ) +
    outline(
      `M${n(x - 80)} ${n(floor - 60)}V${n(height * 0.26)}Q${n(x)} ${n(height * 0.06)} ${n(x + 80)} ${n(height * 0.26)}V${n(floor - 60)}Z`,
      pen.tone('#e6dcf4'),
      14,
    );
  const column = (x: number) =>
    cel(pen, box(x - 34, -20, 68, floor + 10), '#d9d0ea', { depth: 12 }) +
    cel(pen, box(x - 48, floor - 30, 96, 40, 6), '#c4b8dc', { depth: 6 });
  const banner = (x: number, color: string) =>
    cel(pen, `M${n(x - 40)} ${n(height * 0.1)}h80v${n(height * 0.34)}l-40 -40l-40 40Z`, color, { depth: 8 }) +
    fill(ellipse(x, height * 0.24, 18), '#ffd95a');
  const carpet = cel(
    pen,
    `M${n(width * 0.44)} ${n(floor)}H${n(width * 0.56)}L${n(width * 0.7)} ${n(height + 10)}H${n(width * 0.3)}Z`,
    '#c94f5a',
    { depth: 6 },
  );
  const back =
    wall +
    [0.16, 0.5, 0.84].map((k) => arch(width * k)).join('') +
    glow(pen, width / 2, height * 0.3, 420, stage.light.glow, 0.4) +
    [0.33, 0.67].map((k, i) => banner(width * k, i === 0 ? '#4f6fc0' : '#c94f5a')).join('') +
    column(width * 0.02) +
    column(width * 0.98) +
    fill(
      box(-10, floor, width + 20, height),
      vertical(pen, [
        [0, pen.tone('#c9bfdc')],
        [1, pen.tone('#8f84b4')],
      ]),
    ) +
    carpet;
  return { back, front: '', ground: height * 0.91, indoors: true };
}

export function shrine(stage: Stage): Backdrop {
  const { width, height, horizon, random, pen } = stage;
  const floor = horizon + (height - horizon) * 0.3;
  const steps = Array.from({ length: 7 }, (_, i) =>
    cel(pen, box(width * 0.5 - 110 - i * 26, floor - 60 + i * 26, 220 + i * 52, 28, 3), '#c4bcc4', {
      depth: 5,
      line: 3,
    }),
  ).join('');
  const lantern = (x: number) =>
    glow(pen, x, floor - 20, 110, '#ffd98a', stage.light.dark ? 0.8 : 0.3) +
    cel(pen, box(x - 14, floor, 28, 96), '#a8a2ac', { depth: 5 }) +
    cel(pen, box(x - 30, floor - 44, 60, 46, 8), '#ffe2a0', { depth: 5 }) +
    cel(pen, `M${n(x - 52)} ${n(floor - 40)}Q${n(x)} ${n(floor - 96)} ${n(x + 52)} ${n(floor - 40)}Z`, '#8f8a98', {
      depth: 5,
    });
  const trees = Array.from({ length: 8 }, (_, i) =>
    tree(
      stage,
      (i / 7) * width + between(random, -40, 40),
      floor + 6,
      between(random, 240, 400),
      i % 3 === 0 ? '#ffb3c6' : '#6fb05f',
      0.2,
    ),
  ).join('');
  const back =
    sky(stage) +
    peaks(stage, horizon + 30, horizon * 0.5, '#7f93c4', 0.55, false) +
    band(stage, rolling(stage, horizon + 24, 16), '#86b86a', 0.4) +
    trees +
    lawn(stage, floor, '#8cbf6a') +
    pathTo(stage, width * 0.5, floor + 110, 120, '#d6ccc0') +
    steps +
    toriiGate(stage, width * 0.5, floor + 10, height * 0.42) +
    lantern(width * 0.24) +
    lantern(width * 0.76);
  const petals = Array.from({ length: 30 }, () =>
    fill(ellipse(random() * width, random() * height, between(random, 4, 9), between(random, 3, 5)), '#ffc4d6', 0.9),
  ).join('');
  return { back, front: petals, ground: height * 0.9, indoors: false };
}

export function farm(stage: Stage): Backdrop {
  const { width, height, horizon, random } = stage;
  const rows = Array.from({ length: 7 }, (_, i) => {
    const y = horizon + 70 + ((height - horizon) * 0.62 * i) / 7;
    return (
      band(
        stage,
        [
          [-40, y],
          [width + 40, y + 6],
        ],
        i % 2 === 0 ? '#e8c75f' : '#d9b04a',
        0.2 - i * 0.025,
      ) + grass(stage, y + 12, '#f0d878', 24 + i * 9, 0.9)
    );
  }).join('');
  const back =
    sky(stage) +
    band(stage, rolling(stage, horizon, 26), '#8fbf7a', 0.45) +
    tree(stage, width * 0.12, horizon + 90, 260, '#74b85a', 0.2) +
    cottage(stage, width * between(random, 0.66, 0.82), horizon + 80, height * 0.32, '#d9604f', '#8a5a4a') +
    rows;
  return { back, front: fence(stage, height + 10, 120, '#b98a5f'), ground: height * 0.86, indoors: false };
}
