import { darken, lighten, mix } from '../kit/color.ts';
import { cel, fill, glow, n, outline, vertical } from '../kit/pen.ts';
import { between, pick } from '../kit/random.ts';
import { box, ellipse } from '../kit/shapes.ts';
import { shopFront, skyline, streetLamp, tower, wires } from '../scenery/buildings.ts';
import { flowers, grass } from '../scenery/land.ts';
import { bush, lawn, tree } from '../scenery/plants.ts';
import { discAt, sky } from '../scenery/sky.ts';
import type { Backdrop, Stage } from '../scenery/stage.ts';
import { water } from '../scenery/water.ts';

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

function pavement(stage: Stage, y: number): string {
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

export function park(stage: Stage): Backdrop {
  const { width, height, random, horizon } = stage;
  const floor = horizon + (height - horizon) * 0.24;
  const rows = Array.from({ length: 6 }, (_, i) =>
    tree(
      stage,
      (i / 5) * width + between(random, -60, 60),
      floor + 10,
      between(random, 220, 320),
      i % 2 === 0 ? '#6fb85a' : '#8fc65f',
      0.3,
    ),
  ).join('');
  const near = tree(stage, width * (random() < 0.5 ? 0.1 : 0.9), height * 0.8, height * 0.62, '#ffb3c6');
  const back =
    sky(stage) +
    skyline(stage, floor, height * 0.34, [0.75, 0.6]) +
    rows +
    lawn(stage, floor, '#86c464') +
    near +
    flowers(stage, floor + 60, height, ['#ffffff', '#ffd0dd', '#fff0a0'], 46);
  return { back, front: grass(stage, height + 24, '#4f9a4f', 100, 0.8), ground: height * 0.86, indoors: false };
}

export function bridge(stage: Stage): Backdrop {
  const { width, height, pen, horizon } = stage;
  const deck = height * 0.78;
  const disc = discAt(stage);
  const arch = `M-20 ${n(deck + 10)}V${n(deck - 70)}Q${n(width / 2)} ${n(deck - 130)} ${n(width + 20)} ${n(deck - 70)}V${n(deck + 10)}Z`;
  const stones =
    Array.from({ length: 16 }, (_, i) => `M${n((i / 15) * width)} ${n(deck - 110)}v130`).join('') +
    `M-10 ${n(deck - 36)}H${n(width + 10)}`;
  const lamps = [0.14, 0.86].map((k) => streetLamp(stage, width * k, deck - 70, height * 0.36)).join('');
  const back =
    sky(stage) +
    skyline(stage, horizon + 10, height * 0.4, [0.7, 0.48]) +
    water(stage, horizon, height, disc.x) +
    cel(pen, arch, '#cbbfb6', { depth: 14, inside: outline(stones, pen.tone('#9a8c88'), 4) }) +
    lamps +
    pavement(stage, deck);
  return { back, front: '', ground: height * 0.91, indoors: false };
}

export function station(stage: Stage): Backdrop {
  const { width, height, pen, random } = stage;
  const floor = height * 0.78;
  const y = floor - height * 0.3;
  const carriage = (x: number) =>
    cel(pen, box(x, y, 620, height * 0.3, 34), '#f4ead6', {
      depth: 14,
      inside: fill(box(x, y + height * 0.17, 640, height * 0.05), pen.tone('#e0705a')),
    }) +
    [40, 200, 360, 500]
      .map(
        (dx, i) =>
          (i === 1 ? cel(pen, box(x + dx, y + 40, 90, height * 0.24, 8), '#d9cdb4', { depth: 6 }) : '') +
          cel(
            pen,
            box(x + dx + (i === 1 ? 14 : 0), y + 46, i === 1 ? 62 : 100, height * 0.1, 12),
            stage.light.dark ? '#ffe08a' : '#a9dcea',
            { depth: 0, inside: fill(`M${x + dx} ${n(y + 46)}h40l-40 100Z`, '#ffffff', 0.4) },
          ),
      )
      .join('');
  const x = between(random, -300, -60);
  const roof =
    cel(pen, `M-20 -20H${n(width + 20)}V${n(height * 0.1)}L-20 ${n(height * 0.07)}Z`, '#7d8fa8', { depth: 10 }) +
    outline(
      [0.12, 0.5, 0.88].map((k) => `M${n(width * k)} ${n(height * 0.08)}V${n(floor)}`).join(''),
      pen.tone('#5a6a84'),
      15,
    );
  const line = fill(box(-10, floor + 26, width + 20, 22), pen.tone('#ffd95a'));
  const back =
    sky(stage) +
    tower(stage, width * 0.7, floor, 130, height * 0.4, '#a9b4d8', 0.5) +
    skyline(stage, floor, height * 0.4, [0.7]) +
    carriage(x) +
    carriage(x + 650) +
    carriage(x + 1300) +
    roof +
    fill(
      box(-10, floor, width + 20, height),
      vertical(pen, [
        [0, lighten(pen.tone('#c9c4cf'), 0.1)],
        [1, darken(pen.tone('#b3aebc'), 0.1)],
      ]),
    ) +
    line;
  return { back, front: '', ground: height * 0.91, indoors: false };
}
