import { darken, lighten } from '../kit/color.ts';
import { cel, fill, n, outline, vertical } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import { box } from '../kit/shapes.ts';
import { skyline, tower } from '../scenery/buildings.ts';
import { flowers, grass } from '../scenery/land.ts';
import { streetLamp } from '../scenery/landmarks.ts';
import { lawn, tree } from '../scenery/plants.ts';
import { discAt, sky } from '../scenery/sky.ts';
import type { Backdrop, Stage } from '../scenery/stage.ts';
import { water } from '../scenery/water.ts';
import { pavement } from './city.ts';

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
  // Under a roof: rain and snow fall behind the trains only.
  return { back, front: '', ground: height * 0.91, indoors: true };
}
