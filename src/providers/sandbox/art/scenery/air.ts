import { fill, group, n, outline, radial } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import { box, ellipse } from '../kit/shapes.ts';
import type { Backdrop, Stage } from './stage.ts';

function rain({ width, height, random }: Stage, heavy: boolean): string {
  const streaks = Array.from({ length: heavy ? 90 : 60 }, () => {
    const [x, y, l] = [random() * width * 1.1, random() * height, between(random, 26, heavy ? 92 : 60)];
    return `M${n(x)} ${n(y)}l${n(-l * (heavy ? 0.42 : 0.2))} ${n(l)}`;
  }).join('');
  return outline(streaks, '#e6f1ff', heavy ? 3 : 2.4).replace('/>', ' opacity="0.55"/>');
}

function snowflakes({ width, height, random }: Stage): string {
  return Array.from({ length: 130 }, () => {
    const near = random();
    return fill(ellipse(random() * width, random() * height, 2 + near * near * 9), '#ffffff', 0.95 - near * 0.4);
  }).join('');
}

function blownLeaves({ width, height, random, pen }: Stage): string {
  return Array.from({ length: 18 }, () => {
    const [x, y] = [random() * width, random() * height * 0.85];
    const leaf = fill(
      'M0 0C10 -12 28 -12 38 0C28 11 10 11 0 0Z',
      pen.tone(['#8fc65f', '#f0b04a', '#e88f6a'][Math.floor(random() * 3)] ?? '#8fc65f'),
    );
    return group(
      `translate(${n(x)} ${n(y)}) rotate(${n(random() * 360)}) scale(${n(between(random, 0.5, 1.1))})`,
      leaf,
    );
  }).join('');
}

function fogBanks({ width, height, random, pen }: Stage): string {
  const soft = radial(pen, [
    [0, '#f4f8fa', 0.46],
    [0.45, '#f4f8fa', 0.3],
    [1, '#f4f8fa', 0],
  ]);
  return Array.from({ length: 7 }, () =>
    fill(
      ellipse(
        random() * width,
        height * between(random, 0.4, 0.95),
        between(random, 420, 820),
        between(random, 90, 200),
      ),
      soft,
    ),
  ).join('');
}

/** Falling and drifting things between the characters and us. */
export function weatherOver(stage: Stage, backdrop: Backdrop): string {
  if (backdrop.indoors) return '';
  const over: Partial<Record<Stage['weather'], () => string>> = {
    rain: () => rain(stage, false),
    storm: () => rain(stage, true),
    snow: () => snowflakes(stage),
    wind: () => blownLeaves(stage),
    fog: () => fogBanks(stage),
  };
  return over[stage.weather]?.() ?? '';
}

/** Motes of light that make still air look alive. */
function motes({ width, height, random, light }: Stage): string {
  return Array.from({ length: 16 }, () =>
    fill(
      ellipse(random() * width, random() * height, between(random, 2, 6)),
      light.dark ? '#dfe8ff' : '#fffbe6',
      between(random, 0.3, 0.7),
    ),
  ).join('');
}

/** The last layer: a wash of the hour's light from above and darker corners. */
export function finish(stage: Stage): string {
  const { width, height, pen, light } = stage;
  const corners = radial(pen, [
    [0.55, '#1a1440', 0],
    [1, '#1a1440', light.dark ? 0.42 : 0.26],
  ]);
  const warmth = radial(pen, [
    [0, light.glow, 0.16],
    [1, light.glow, 0],
  ]);
  return (
    motes(stage) +
    fill(ellipse(width * 0.5, height * 0.1, width * 0.6, height * 0.5), warmth) +
    fill(box(-width * 0.25, -height * 0.25, width * 1.5, height * 1.5), corners)
  );
}

/** The share of a side that no move of the clips' camera ever leaves out, and a little more. */
export const cameraMargin = 0.125;

/**
 * A small clapperboard towards the lower right corner: whoever sees it knows that the sandbox drew this. `margin` is the share of
 * width and height kept free beside it.
 */
export function mark({ width, height }: Stage, margin = 0): string {
  const [x, y] = [width * (1 - margin) - (margin ? 44 : 62), height * (1 - margin) - (margin ? 38 : 54)].map(
    Math.round,
  ) as [number, number];
  const stripes = [0, 1, 2].map((i) => `M${x + 4 + i * 12} ${y + 10}l6 -10h6l-6 10Z`).join('');
  return `<g opacity="0.55">${fill(box(x, y + 11, 40, 25, 4), '#ffffff')}${fill(box(x, y, 40, 10, 3), '#2c2740')}${fill(stripes, '#ffffff')}${fill(`M${x + 15} ${y + 17}l12 6.500l-12 6.500Z`, '#2c2740')}</g>`;
}
