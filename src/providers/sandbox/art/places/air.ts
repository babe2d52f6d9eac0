import { darken, lighten, mix } from '../kit/color.ts';
import { at, cel, fill, glow, n, outline, radial, vertical } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import { box, ellipse, star } from '../kit/shapes.ts';
import { cumulus, sky } from '../scenery/sky.ts';
import type { Backdrop, Stage } from '../scenery/stage.ts';

function cloudSea(stage: Stage, y: number, scale: number): string {
  const step = 210 * scale * 0.6;
  return Array.from({ length: Math.ceil(stage.width / step) + 2 }, (_, i) =>
    cumulus(
      stage,
      i * step - 40 + between(stage.random, -30, 30),
      y + between(stage.random, 0, 40),
      scale * between(stage.random, 0.85, 1.25),
      1,
    ),
  ).join('');
}

/** High in the air: a carpet of clouds below and one floating island to stand on. */
export function clouds(stage: Stage): Backdrop {
  const { width, height, pen, horizon } = stage;
  const top = height * 0.83;
  const depth = width * 0.24;
  const rock = `M${n(width * 0.08)} ${n(top)}Q${n(width * 0.5)} ${n(top - 44)} ${n(width * 0.92)} ${n(top)}C${n(width * 0.9)} ${n(top + depth * 0.4)} ${n(width * 0.74)} ${n(top + depth * 0.5)} ${n(width * 0.66)} ${n(top + depth * 0.8)}Q${n(width * 0.56)} ${n(top + depth * 0.7)} ${n(width * 0.5)} ${n(top + depth * 1.1)}Q${n(width * 0.42)} ${n(top + depth * 0.74)} ${n(width * 0.32)} ${n(top + depth * 0.76)}C${n(width * 0.28)} ${n(top + depth * 0.44)} ${n(width * 0.1)} ${n(top + depth * 0.4)} ${n(width * 0.08)} ${n(top)}Z`;
  const island = cel(pen, rock, '#b08f7a', {
    depth: 16,
    inside: fill(
      `M0 ${n(top - 60)}H${n(width)}V${n(top + 30)}Q${n(width * 0.75)} ${n(top + 70)} ${n(width * 0.6)} ${n(top + 34)}Q${n(width * 0.45)} ${n(top + 80)} ${n(width * 0.3)} ${n(top + 32)}Q${n(width * 0.2)} ${n(top + 60)} 0 ${n(top + 20)}Z`,
      pen.tone('#86c464'),
    ),
  });
  const back =
    sky({ ...stage, horizon: height * 0.8 }) +
    cloudSea(stage, horizon + 60, 1.5) +
    cloudSea(stage, horizon + 200, 2.2) +
    cloudSea(stage, height * 0.94, 2.6) +
    island;
  return { back, front: cloudSea(stage, height + 60, 2.2), ground: height * 0.875, indoors: false };
}

/** The open deck of an airship, its envelope overhead, ropes, railing and a wheel. */
export function airshipDeck(stage: Stage): Backdrop {
  const { width, height, pen } = stage;
  const deck = height * 0.74;
  const hull = `M-60 -80H${n(width + 60)}V${n(height * 0.08)}Q${n(width / 2)} ${n(height * 0.3)} -60 ${n(height * 0.08)}Z`;
  const seams = Array.from(
    { length: 7 },
    (_, i) =>
      `M${n((i / 6) * width)} -60Q${n(width / 2 + (i - 3) * width * 0.15)} ${n(height * 0.12)} ${n(width / 2 + (i - 3) * width * 0.13)} ${n(height * 0.3)}`,
  ).join('');
  const envelope = cel(pen, hull, '#e8b06a', {
    depth: 18,
    inside:
      outline(seams, pen.tone('#b8743f'), 6) +
      fill(
        `M-60 ${n(height * 0.015)}Q${n(width / 2)} ${n(height * 0.2)} ${n(width + 60)} ${n(height * 0.015)}v26Q${n(width / 2)} ${n(height * 0.235)} -60 ${n(height * 0.05)}Z`,
        pen.tone('#c9564e'),
      ),
  });
  const ropes = outline(
    [0.1, 0.3, 0.7, 0.9]
      .map((k) => `M${n(width * k)} ${n(height * 0.14)}L${n(width * (0.5 + (k - 0.5) * 1.14))} ${n(deck)}`)
      .join(''),
    pen.tone('#e6d2a8'),
    7,
  );
  const rail =
    cel(pen, box(-20, deck - 104, width + 40, 24, 10), '#9a6844', { depth: 4 }) +
    Array.from({ length: Math.ceil(width / 96) + 1 }, (_, i) =>
      cel(pen, `M${n(i * 96 - 11)} ${n(deck - 82)}q11 -8 22 0q-12 34 0 84h-22q12 -50 0 -84Z`, '#b98058', {
        depth: 4,
        line: 3,
      }),
    ).join('');
  const seamsDeck = Array.from(
    { length: 15 },
    (_, i) =>
      `M${n(width / 2 + (i - 7) * width * 0.085)} ${n(deck)}L${n(width / 2 + (i - 7) * width * 0.18)} ${n(height + 10)}`,
  ).join('');
  const wheel = at(
    width * 0.86,
    deck - 120,
    1,
    outline(`${ellipse(0, 0, 62)}M-86 0H86M0 -86V86M-60 -60L60 60M60 -60L-60 60`, pen.tone('#6f4630'), 13) +
      cel(pen, ellipse(0, 0, 20), '#d9a54a', { depth: 4 }) +
      outline('M0 62V130', pen.tone('#6f4630'), 24),
  );
  const lanternX = width * 0.16;
  const lantern =
    glow(pen, lanternX, height * 0.34, 160, '#ffc86a', 0.65) +
    outline(`M${n(lanternX)} ${n(height * 0.16)}V${n(height * 0.3)}`, pen.tone('#6f4630'), 5) +
    cel(pen, box(lanternX - 24, height * 0.3, 48, 64, 12), '#ffdf8a', { depth: 4 });
  const floor =
    fill(
      box(-10, deck, width + 20, height - deck + 10),
      vertical(pen, [
        [0, pen.tone('#d6a878')],
        [1, pen.tone('#a8784f')],
      ]),
    ) + outline(seamsDeck, pen.tone('#7a5138'), 4);
  const back =
    sky({ ...stage, horizon: deck - 20 }) +
    cloudSea(stage, deck - 60, 1.5) +
    cloudSea(stage, deck + 40, 2) +
    envelope +
    ropes +
    rail +
    wheel +
    lantern +
    floor;
  return { back, front: '', ground: height * 0.91, indoors: false };
}

function nebula({ width, height, pen, random }: Stage): string {
  const colors = ['#7a4fd0', '#3f7fe0', '#d04fa0', '#3fb0c0'];
  return Array.from({ length: 7 }, (_, i) => {
    const fillId = radial(pen, [
      [0, colors[i % 4] ?? '#7a4fd0', 0.6],
      [0.5, colors[i % 4] ?? '#7a4fd0', 0.22],
      [1, colors[i % 4] ?? '#7a4fd0', 0],
    ]);
    return fill(
      ellipse(random() * width, random() * height * 0.8, between(random, 260, 560), between(random, 140, 340)),
      fillId,
    );
  }).join('');
}

function starfield({ width, height, random }: Stage, count: number): string {
  return Array.from({ length: count }, (_, i) =>
    fill(
      i % 14 === 0
        ? star(random() * width, random() * height, between(random, 6, 13), 0.22, 4)
        : ellipse(random() * width, random() * height, between(random, 0.8, 2.8)),
      i % 5 === 0 ? '#ffe9b8' : '#ffffff',
      between(random, 0.5, 1),
    ),
  ).join('');
}

function planet(stage: Stage, x: number, y: number, r: number, color: string, ring: boolean): string {
  const { pen } = stage;
  const bands = [-0.5, -0.15, 0.2, 0.5]
    .map((k, i) =>
      fill(
        `M${n(x - r)} ${n(y + r * k)}Q${n(x)} ${n(y + r * (k + 0.16))} ${n(x + r)} ${n(y + r * k)}v${n(r * 0.16)}Q${n(x)} ${n(y + r * (k + 0.32))} ${n(x - r)} ${n(y + r * (k + 0.16))}Z`,
        i % 2 === 0 ? lighten(color, 0.25) : darken(color, 0.15),
      ),
    )
    .join('');
  const belt = (front: boolean) =>
    ring
      ? outline(
          front
            ? `M${n(x - r * 1.7)} ${n(y - r * 0.1)}Q${n(x)} ${n(y + r * 0.7)} ${n(x + r * 1.7)} ${n(y - r * 0.1)}`
            : `M${n(x - r * 1.7)} ${n(y - r * 0.1)}Q${n(x)} ${n(y - r * 0.44)} ${n(x + r * 1.7)} ${n(y - r * 0.1)}`,
          '#f6dfae',
          r * 0.12,
        )
      : '';
  return (
    glow(pen, x, y, r * 1.7, lighten(color, 0.3), 0.5) +
    belt(false) +
    cel(pen, ellipse(x, y, r), color, {
      depth: r * 0.24,
      line: 0,
      shade: mix(color, '#20104a', 0.6),
      inside: `<g opacity="0.4">${bands}</g>`,
    }) +
    belt(true)
  );
}

/** On the surface of a moon, under stars. */
export function space(stage: Stage): Backdrop {
  const { width, height, pen, random } = stage;
  const ground = height * 0.78;
  const deep = fill(
    box(-10, -10, width + 20, height + 20),
    vertical(pen, [
      [0, '#080a26'],
      [0.6, '#1b1650'],
      [1, '#3a2a72'],
    ]),
  );
  const planets =
    planet(
      stage,
      width * between(random, 0.62, 0.82),
      height * 0.26,
      130,
      ['#4f9ae0', '#e08a5a', '#8fd0a0', '#c98ae0'][Math.floor(random() * 4)] ?? '#4f9ae0',
      random() < 0.5,
    ) + planet(stage, width * 0.18, height * 0.16, 46, '#e8c27a', false);
  const craters = Array.from({ length: 9 }, () => {
    const depth = random();
    const [x, y] = [random() * width, ground + 36 + depth * (height - ground)];
    return (
      fill(ellipse(x, y, 40 + depth * 70, 10 + depth * 18), pen.tone('#8a84b8')) +
      fill(ellipse(x + 4, y + 5, 36 + depth * 64, 8 + depth * 15), pen.tone('#bdb8dc'))
    );
  }).join('');
  const moon = fill(
    `M-20 ${n(ground + 34)}Q${n(width * 0.5)} ${n(ground - 40)} ${n(width + 20)} ${n(ground + 34)}V${n(height + 20)}H-20Z`,
    vertical(pen, [
      [0, pen.tone('#e6e3f4')],
      [0.3, pen.tone('#c6c1e0')],
      [1, pen.tone('#9a94c4')],
    ]),
  );
  return {
    back: deep + nebula(stage) + starfield(stage, 190) + planets + moon + craters,
    front: '',
    ground: height * 0.9,
    indoors: true,
  };
}

/** Inside a spaceship, before a wide window. */
export function spaceship(stage: Stage): Backdrop {
  const { width, height, pen, random } = stage;
  const floor = height * 0.76;
  const view =
    fill(
      box(-10, -10, width + 20, height),
      vertical(pen, [
        [0, '#070a24'],
        [1, '#241a5c'],
      ]),
    ) +
    nebula(stage) +
    starfield(stage, 150) +
    planet(stage, width * between(random, 0.3, 0.7), height * 0.34, 150, '#4f9ae0', true);
  const frame = `M-20 -20H${n(width + 20)}V${n(height + 20)}H-20ZM${n(width * 0.06)} ${n(height * 0.12)}Q${n(width * 0.5)} ${n(height * 0.02)} ${n(width * 0.94)} ${n(height * 0.12)}L${n(width * 0.9)} ${n(height * 0.58)}Q${n(width * 0.5)} ${n(height * 0.64)} ${n(width * 0.1)} ${n(height * 0.58)}Z`;
  const lights = Array.from({ length: 18 }, (_, i) =>
    fill(
      box(width * 0.12 + i * width * 0.043, height * 0.665, width * 0.026, 16, 5),
      ['#7fe6d0', '#ffb45a', '#ff7f8a', '#8fb8ff'][i % 4] ?? '#7fe6d0',
    ),
  ).join('');
  const panel = cel(
    pen,
    `M${n(width * 0.06)} ${n(height * 0.63)}H${n(width * 0.94)}L${n(width)} ${n(floor)}H0Z`,
    '#6f7fa6',
    { depth: 6 },
  );
  const back =
    view +
    `<path d="${frame}" fill="${pen.tone('#8f9cc0')}" fill-rule="evenodd"/>` +
    outline(
      `M${n(width * 0.06)} ${n(height * 0.12)}Q${n(width * 0.5)} ${n(height * 0.02)} ${n(width * 0.94)} ${n(height * 0.12)}L${n(width * 0.9)} ${n(height * 0.58)}Q${n(width * 0.5)} ${n(height * 0.64)} ${n(width * 0.1)} ${n(height * 0.58)}Z`,
      pen.tone('#56628a'),
      14,
    ) +
    fill(
      box(-10, floor, width + 20, height - floor + 10),
      vertical(pen, [
        [0, pen.tone('#7d8ab0')],
        [1, pen.tone('#5a668c')],
      ]),
    ) +
    panel +
    lights;
  return { back, front: '', ground: height * 0.92, indoors: true };
}
