import { mix } from '../kit/color.ts';
import { cel, fill, glow, n, outline, vertical } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import { box, ellipse, under } from '../kit/shapes.ts';
import { band, grass, peaks, rocks, rolling } from '../scenery/land.ts';
import { lighthouse } from '../scenery/landmarks.ts';
import { palm } from '../scenery/plants.ts';
import { discAt, sky } from '../scenery/sky.ts';
import type { Backdrop, Stage } from '../scenery/stage.ts';
import { shoreline, swell, water } from '../scenery/water.ts';

const stormy = (stage: Stage) => stage.weather === 'storm';

function openSea(stage: Stage, bottom: number): string {
  const disc = discAt(stage);
  const island =
    stage.random() < 0.5 ? peaks(stage, stage.horizon + 4, stage.height * 0.09, '#5f8f8a', 0.55, false) : '';
  return (
    sky(stage) +
    island +
    water(stage, stage.horizon, bottom, disc.x) +
    (stormy(stage) ? swell(stage, stage.horizon + 60, 34) : '')
  );
}

export function beach(stage: Stage): Backdrop {
  const { width, height, pen, random } = stage;
  const shore = stage.horizon + (height - stage.horizon) * 0.42;
  const line = rolling(stage, shore, 12, 5);
  const sand = fill(
    under(line, height + 20),
    vertical(pen, [
      [0, pen.tone('#e3c791')],
      [0.2, pen.tone('#f7e2b4')],
      [1, pen.tone('#ecc98c')],
    ]),
  );
  const shells = Array.from({ length: 14 }, () =>
    fill(
      ellipse(random() * width, between(random, shore + 90, height - 20), between(random, 3, 8), 4),
      pen.tone(random() < 0.5 ? '#ffffff' : '#f2a58e'),
    ),
  );
  const dots = Array.from({ length: 60 }, () =>
    ellipse(random() * width, between(random, shore + 50, height), between(random, 1, 3)),
  ).join('');
  const tree = random() < 0.6 ? palm(stage, width * (random() < 0.5 ? 0.08 : 0.88), shore + 90, height * 0.52) : '';
  const back =
    openSea(stage, shore + 40) +
    sand +
    shoreline(stage, shore + 26) +
    fill(dots, pen.tone('#c9a468'), 0.6) +
    shells.join('') +
    tree;
  return { back, front: grass(stage, height + 30, '#9aa85c', 110, 0.35), ground: height * 0.86, indoors: false };
}

function boat(stage: Stage, x: number, y: number, size: number, color: string): string {
  const { pen } = stage;
  const sail = cel(
    pen,
    `M${n(x)} ${n(y - size * 1.5)}Q${n(x + size * 0.8)} ${n(y - size * 0.7)} ${n(x + size * 0.6)} ${n(y - size * 0.2)}H${n(x)}Z`,
    '#fff8ec',
    { depth: 6, line: 3 },
  );
  const hull = cel(
    pen,
    `M${n(x - size)} ${n(y - size * 0.14)}H${n(x + size)}Q${n(x + size * 0.8)} ${n(y + size * 0.3)} ${n(x + size * 0.5)} ${n(y + size * 0.3)}H${n(x - size * 0.6)}Q${n(x - size * 0.9)} ${n(y + size * 0.2)} ${n(x - size)} ${n(y - size * 0.14)}Z`,
    color,
    { depth: 6, line: 3 },
  );
  return outline(`M${n(x)} ${n(y - size * 1.55)}V${n(y)}`, pen.tone('#7a5540'), 6) + sail + hull;
}

export function harbour(stage: Stage): Backdrop {
  const { width, height, pen, random, horizon } = stage;
  const deck = height * 0.76;
  const boats =
    boat(stage, width * 0.2, horizon + 60, 60, '#d9604f') + boat(stage, width * 0.72, horizon + 90, 84, '#3f78b8');
  const planks = Array.from(
    { length: 9 },
    (_, i) => `M-10 ${n(deck + 22 + (height - deck) * (i / 8) ** 1.4)}H${n(width + 10)}`,
  ).join('');
  const posts = [0.06, 0.36, 0.66, 0.94].map(
    (k) =>
      cel(pen, box(width * k - 17, deck - 56, 34, 90, 8), '#8a6247', { depth: 6 }) +
      cel(pen, ellipse(width * k, deck - 56, 17, 7), '#b58a66', { depth: 2 }),
  );
  const lamp = stage.light.dark
    ? [0.06, 0.94]
        .map(
          (k) =>
            glow(pen, width * k, deck - 84, 190, '#ffc96a', 0.75) +
            cel(pen, box(width * k - 15, deck - 98, 30, 36, 8), '#ffe6a0', { depth: 3, line: 3 }),
        )
        .join('')
    : '';
  const rope = outline(
    [0.06, 0.36, 0.66]
      .map((k) => `M${n(width * k)} ${n(deck - 40)}q${n(width * 0.15)} 60 ${n(width * 0.3)} 0`)
      .join(''),
    pen.tone('#e3cfa0'),
    8,
  );
  const back =
    openSea(stage, height) +
    (random() < 0.6 ? lighthouse(stage, width * 0.86, horizon + 14, height * 0.26) : '') +
    boats +
    fill(
      box(-10, deck, width + 20, height - deck + 10),
      vertical(pen, [
        [0, pen.tone('#c79a70')],
        [1, pen.tone('#9a6f50')],
      ]),
    ) +
    outline(planks, pen.tone('#6f4c38'), 4) +
    rope +
    posts.join('') +
    lamp;
  return { back, front: '', ground: height * 0.9, indoors: false };
}

export function cliff(stage: Stage): Backdrop {
  const { width, height, random } = stage;
  const edge = height * 0.7;
  const right = random() < 0.5;
  const line = Array.from({ length: 6 }, (_, i) => {
    const along = i / 5;
    const rise = right ? along : 1 - along;
    return [-40 + (width + 80) * along, edge + 70 - rise * 110 + between(random, -10, 10)] as const;
  });
  const back =
    openSea(stage, height) +
    lighthouse(stage, width * (right ? 0.84 : 0.16), edge - 10, height * 0.46) +
    band(stage, line, '#7cb862', 0) +
    rocks(stage, edge + 90, 3, '#9a93a8');
  const path = grass(stage, edge + 90, '#6aa84f', 34, 0.7);
  return {
    back: back + path,
    front: grass(stage, height + 24, '#3f8a4f', 120, 0.7),
    ground: height * 0.88,
    indoors: false,
  };
}

/** On the deck of a small ship. */
export function shipDeck(stage: Stage): Backdrop {
  const { width, height, pen } = stage;
  const deck = height * 0.72;
  const rail =
    outline(`M-10 ${n(deck - 96)}H${n(width + 10)}`, pen.tone('#8a5c3f'), 22) +
    Array.from({ length: Math.ceil(width / 110) + 1 }, (_, i) =>
      outline(`M${i * 110} ${n(deck - 92)}V${n(deck + 8)}`, pen.tone('#a8744e'), 13),
    ).join('');
  const seams = Array.from(
    { length: 13 },
    (_, i) =>
      `M${n(width / 2 + (i - 6) * width * 0.09)} ${n(deck)}L${n(width / 2 + (i - 6) * width * 0.2)} ${n(height + 10)}`,
  ).join('');
  const mast =
    outline(`M${n(width * 0.82)} ${n(deck + 40)}V-20`, pen.tone('#8a5c3f'), 30) +
    cel(
      pen,
      `M${n(width * 0.8)} -20C${n(width * 0.5)} ${n(height * 0.1)} ${n(width * 0.5)} ${n(height * 0.34)} ${n(width * 0.56)} ${n(height * 0.42)}Q${n(width * 0.7)} ${n(height * 0.38)} ${n(width * 0.8)} ${n(height * 0.4)}Z`,
      '#fff4e0',
      { depth: 14 },
    );
  const back =
    openSea(stage, height) +
    (stormy(stage) ? swell(stage, deck - 110, 60) : '') +
    mast +
    rail +
    fill(
      box(-10, deck, width + 20, height - deck + 10),
      vertical(pen, [
        [0, pen.tone('#d2a273')],
        [1, pen.tone('#a87a54')],
      ]),
    ) +
    outline(seams, pen.tone('#7a5540'), 4);
  return { back, front: '', ground: height * 0.9, indoors: false };
}

function coral(stage: Stage, x: number, y: number, size: number, color: string): string {
  const { pen } = stage;
  const arm = (turn: number) =>
    `<g transform="translate(${n(x)} ${n(y)}) rotate(${turn})">${cel(pen, `M${n(-size * 0.1)} 0C${n(-size * 0.12)} ${n(-size * 0.5)} ${n(-size * 0.34)} ${n(-size * 0.5)} ${n(-size * 0.3)} ${n(-size * 0.8)}Q${n(-size * 0.16)} ${n(-size * 0.9)} ${n(-size * 0.12)} ${n(-size * 0.66)}Q${n(-size * 0.02)} ${n(-size * 1.2)} ${n(size * 0.1)} ${n(-size)}C${n(size * 0.14)} ${n(-size * 0.7)} ${n(size * 0.12)} ${n(-size * 0.4)} ${n(size * 0.1)} 0Z`, color, { depth: 5, line: 3 })}</g>`;
  return arm(-26) + arm(24) + arm(0);
}

export function underwater(stage: Stage): Backdrop {
  const { width, height, pen, random } = stage;
  const floor = height * 0.84;
  const deep = fill(
    box(-10, -10, width + 20, height + 20),
    vertical(pen, [
      [0, '#9fe6ee'],
      [0.3, '#3fb0d6'],
      [0.7, '#1f74b4'],
      [1, '#174a86'],
    ]),
  );
  const rays = Array.from({ length: 5 }, (_, i) => {
    const x = width * (0.1 + i * 0.2) + between(random, -40, 40);
    return fill(`M${n(x)} -10h${n(70)}L${n(x + 260)} ${n(height)}h-190Z`, '#ffffff', 0.11);
  }).join('');
  const weeds = Array.from({ length: 12 }, () => {
    const [x, h] = [random() * width, between(random, 120, 320)];
    return outline(
      `M${n(x)} ${n(floor + 20)}q-36 ${n(-h * 0.3)} 0 ${n(-h * 0.5)}t0 ${n(-h * 0.5)}`,
      mix('#2f9a6a', '#1f6a8a', random()),
      16,
    );
  }).join('');
  const bubbles = Array.from({ length: 34 }, () =>
    outline(ellipse(random() * width, random() * height, between(random, 4, 18)), '#e6fbff', 3).replace(
      '/>',
      ' opacity="0.7"/>',
    ),
  ).join('');
  const corals = [0.08, 0.24, 0.74, 0.92]
    .map((k, i) =>
      coral(
        stage,
        width * k,
        floor + 40,
        between(random, 90, 160),
        ['#ff8a8a', '#ffb65c', '#c78ae8', '#ff8ac0'][i] ?? '#ff8a8a',
      ),
    )
    .join('');
  const sand = band(stage, rolling(stage, floor, 14), '#f0dcae', 0.12);
  return {
    back: deep + rays + peaks(stage, floor + 20, height * 0.3, '#2f6fa8', 0.3, false) + weeds + sand + corals,
    front: bubbles,
    ground: height * 0.92,
    indoors: true,
  };
}
