import { darken, lighten, mix } from '../kit/color.ts';
import { cel, fill, glow, n, outline, radial, vertical } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import { box, ellipse, star } from '../kit/shapes.ts';
import type { Backdrop, Stage } from '../scenery/stage.ts';

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

interface Surface {
  sky: readonly [string, string, string];
  ground: readonly [string, string, string];
  crater: readonly [string, string];
}

const moonlike: Surface = {
  sky: ['#080a26', '#1b1650', '#3a2a72'],
  ground: ['#e6e3f4', '#c6c1e0', '#9a94c4'],
  crater: ['#8a84b8', '#bdb8dc'],
};
const marslike: Surface = {
  sky: ['#2a1426', '#8a4a48', '#e0a07a'],
  ground: ['#e08a5c', '#c9683f', '#94452c'],
  crater: ['#9a4c30', '#cf7a50'],
};

/** On the surface of a moon, under stars. */
export const space = (stage: Stage): Backdrop => surface(stage, moonlike);

/** On Mars: red ground under a dusty sky. */
export const mars = (stage: Stage): Backdrop => surface(stage, marslike);

function surface(stage: Stage, { sky, ground: soil, crater }: Surface): Backdrop {
  const { width, height, pen, random } = stage;
  const ground = height * 0.78;
  const deep = fill(
    box(-10, -10, width + 20, height + 20),
    vertical(pen, [
      [0, sky[0]],
      [0.6, sky[1]],
      [1, sky[2]],
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
      fill(ellipse(x, y, 40 + depth * 70, 10 + depth * 18), pen.tone(crater[0])) +
      fill(ellipse(x + 4, y + 5, 36 + depth * 64, 8 + depth * 15), pen.tone(crater[1]))
    );
  }).join('');
  const moon = fill(
    `M-20 ${n(ground + 34)}Q${n(width * 0.5)} ${n(ground - 40)} ${n(width + 20)} ${n(ground + 34)}V${n(height + 20)}H-20Z`,
    vertical(pen, [
      [0, pen.tone(soil[0])],
      [0.3, pen.tone(soil[1])],
      [1, pen.tone(soil[2])],
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
