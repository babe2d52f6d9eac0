import { mix } from '../kit/color.ts';
import { cel, fill, glow, n, outline, vertical } from '../kit/pen.ts';
import { between, pick } from '../kit/random.ts';
import { box, ellipse } from '../kit/shapes.ts';
import { shopFront, skyline } from '../scenery/buildings.ts';
import { streetLamp, wires } from '../scenery/landmarks.ts';
import { bush } from '../scenery/plants.ts';
import { sky } from '../scenery/sky.ts';
import type { Backdrop, Stage } from '../scenery/stage.ts';

export function rooftop(stage: Stage): Backdrop {
  const { width, height, pen, random } = stage;
  const floor = height * 0.78;
  const rail =
    outline(`M-10 ${n(floor - 120)}H${n(width + 10)}M-10 ${n(floor - 66)}H${n(width + 10)}`, pen.tone('#5a6484'), 9) +
    outline(
      Array.from({ length: Math.ceil(width / 90) + 1 }, (_, i) => `M${i * 90} ${n(floor - 120)}V${n(floor + 4)}`).join(
        '',
      ),
      pen.tone('#5a6484'),
      7,
    );
  const tank =
    cel(pen, box(width * 0.8, floor - 250, 150, 150, 14), '#b9846a', { depth: 12 }) +
    outline(
      `M${n(width * 0.8 + 20)} ${n(floor - 100)}v110M${n(width * 0.8 + 130)} ${n(floor - 100)}v110`,
      pen.tone('#5a4a54'),
      10,
    );
  const tiles = Array.from(
    { length: 7 },
    (_, i) => `M-10 ${n(floor + (height - floor) * (i / 6) ** 1.5)}H${n(width + 10)}`,
  ).join('');
  const pots = [0.04, 0.1, 0.16]
    .map(
      (k) =>
        bush(stage, width * k, floor - 16, 80, '#5fa85a') +
        cel(pen, `M${n(width * k - 26)} ${n(floor - 4)}h52l-8 44h-36Z`, '#c9744f', { depth: 5 }),
    )
    .join('');
  const back =
    sky(stage) +
    skyline(stage, floor + 10, height * 0.5, [0.72, 0.5, 0.25]) +
    rail +
    fill(
      box(-10, floor, width + 20, height),
      vertical(pen, [
        [0, pen.tone('#c3bccb')],
        [1, pen.tone('#9c94ac')],
      ]),
    ) +
    outline(tiles, pen.tone('#8a839c'), 3) +
    (random() < 0.6 ? tank : '') +
    pots;
  return { back, front: '', ground: height * 0.9, indoors: false };
}

const walls: [string, ...string[]] = ['#f4dcc0', '#f2c9b4', '#d9e3ea', '#f0e2b8', '#e6d2e0', '#cfe0d2'];

const awnings: [string, ...string[]] = ['#e0665a', '#4f9ac0', '#e8a23f', '#5fa878', '#b06fa8'];

export function pavement(stage: Stage, y: number): string {
  const { width, height, pen } = stage;
  const road = fill(
    box(-10, y, width + 20, height - y + 10),
    vertical(pen, [
      [0, pen.tone('#d9cdbf')],
      [1, pen.tone('#b9a99d')],
    ]),
  );
  const rows = Array.from({ length: 6 }, (_, i) => y + (height - y) * (i / 6) ** 1.5);
  const seams =
    rows.map((ry) => `M-10 ${n(ry)}H${n(width + 10)}`).join('') +
    Array.from(
      { length: 15 },
      (_, i) =>
        `M${n(width / 2 + (i - 7) * width * 0.08)} ${n(y)}L${n(width / 2 + (i - 7) * width * 0.17)} ${n(height + 10)}`,
    ).join('');
  const puddles =
    stage.weather === 'rain' || stage.weather === 'storm'
      ? [0.2, 0.55, 0.82]
          .map((k, i) => fill(ellipse(width * k, y + 70 + i * 40, 120, 18), mix(stage.light.haze, '#ffffff', 0.3), 0.7))
          .join('')
      : '';
  return road + outline(seams, pen.tone('#a3948c'), 3) + puddles;
}

export function street(stage: Stage): Backdrop {
  const { width, height, random } = stage;
  const floor = height * 0.76;
  const tall = Math.min(height * 0.62, 640);
  const wide = tall * 0.66;
  const gap = Math.floor(random() * 3);
  const shops: string[] = [];
  for (let i = 0; i * wide < width + wide; i += 1) {
    if (i % 4 === gap && i > 0) continue;
    shops.push(
      shopFront(
        stage,
        i * wide,
        floor + 4,
        tall * between(random, 0.86, 1.08),
        pick(random, walls),
        pick(random, awnings),
      ),
    );
  }
  const lamps =
    streetLamp(stage, width * 0.12, floor + 30, height * 0.5) +
    streetLamp(stage, width * 0.9, floor + 30, height * 0.5);
  const back =
    sky(stage) +
    skyline(stage, floor, height * 0.6, [0.68, 0.45]) +
    shops.join('') +
    pavement(stage, floor) +
    lamps +
    wires(stage, height * 0.14);
  return { back, front: '', ground: height * 0.9, indoors: false };
}

function stall(stage: Stage, x: number, y: number, size: number, color: string): string {
  const { pen, random } = stage;
  const goods = Array.from({ length: 10 }, (_, i) =>
    cel(
      pen,
      ellipse(x - size * 0.42 + (i % 5) * size * 0.21, y - size * 0.46 - Math.floor(i / 5) * size * 0.09, size * 0.08),
      pick(random, ['#f2a33f', '#e0564e', '#8fc04f', '#f0d04f', '#b86fb0']),
      { depth: 3, line: 3 },
    ),
  ).join('');
  const stripes = Array.from({ length: 4 }, (_, i) =>
    fill(
      `M${n(x - size * 0.62 + i * size * 0.34)} ${n(y - size * 1.3)}h${n(size * 0.16)}v${n(size * 0.4)}h${n(-size * 0.16)}Z`,
      pen.tone('#fff6ea'),
    ),
  ).join('');
  return (
    outline(
      `M${n(x - size * 0.56)} ${n(y)}V${n(y - size * 1.1)}M${n(x + size * 0.56)} ${n(y)}V${n(y - size * 1.1)}`,
      pen.tone('#8a6247'),
      11,
    ) +
    goods +
    cel(pen, box(x - size * 0.6, y - size * 0.4, size * 1.2, size * 0.42, 6), '#b98a5f', {
      depth: 8,
      inside: outline(`M${n(x - size)} ${n(y - size * 0.2)}h${n(size * 2)}`, pen.tone('#8a6247'), 4),
    }) +
    cel(
      pen,
      `M${n(x - size * 0.56)} ${n(y - size * 1.28)}H${n(x + size * 0.56)}L${n(x + size * 0.7)} ${n(y - size * 0.98)}Q${n(x)} ${n(y - size * 0.9)} ${n(x - size * 0.7)} ${n(y - size * 0.98)}Z`,
      color,
      { depth: 6, inside: stripes },
    )
  );
}

function lanterns(stage: Stage, y: number): string {
  const { width, pen } = stage;
  const step = 130;
  return (
    outline(`M-10 ${n(y - 30)}Q${n(width / 2)} ${n(y + 30)} ${n(width + 10)} ${n(y - 30)}`, pen.tone('#4a4054'), 4) +
    Array.from({ length: Math.ceil(width / step) }, (_, i) => {
      const x = 60 + i * step;
      const ly = y + 26 - ((x - width / 2) / width) ** 2 * 180;
      return (
        glow(pen, x, ly, 76, '#ffb35a', 0.7) +
        cel(pen, ellipse(x, ly, 24, 29), '#f2604f', {
          depth: 5,
          line: 3,
          inside: fill(ellipse(x, ly, 11, 28), '#ffd07a', 0.7),
        })
      );
    }).join('')
  );
}

export function market(stage: Stage): Backdrop {
  const { width, height, random } = stage;
  const floor = height * 0.77;
  const size = Math.min(250, height * 0.24);
  const tall = Math.min(height * 0.56, 580);
  const shops = Array.from({ length: Math.ceil(width / (tall * 0.64)) + 1 }, (_, i) =>
    shopFront(stage, i * tall * 0.64, floor - 30, tall, pick(random, walls), pick(random, awnings)),
  ).join('');
  const stalls = Array.from({ length: Math.ceil(width / (size * 1.9)) + 1 }, (_, i) =>
    stall(stage, i * size * 1.9, floor + 18, size, pick(random, awnings)),
  ).join('');
  return {
    back: sky(stage) + shops + pavement(stage, floor - 30) + stalls + lanterns(stage, height * 0.14),
    front: '',
    ground: height * 0.92,
    indoors: false,
  };
}
