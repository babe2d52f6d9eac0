import { mix } from '../kit/color.ts';
import { at, clipped, fill, glow, n, outline, vertical } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import { box, ellipse, star } from '../kit/shapes.ts';
import type { Stage } from './stage.ts';

/** The foot of a cloud: level, and nowhere a straight line. */
function billows({ random }: Stage): string {
  return Array.from({ length: 13 }, (_, i) => {
    const x = -144 + i * 24;
    return ellipse(x, -16, 17, between(random, 8, 18));
  }).join('');
}

/** A heap of round puffs with a flat foot, lit from above left, in a box of 200 by 100 standing on y = 0. */
function heap(stage: Stage, rows: number): string {
  const { random, light, pen } = stage;
  const puffs = Array.from({ length: 9 + rows * 4 }, (_, i) => {
    const along = (i + 0.5) / (9 + rows * 4);
    const rise = Math.sin(along * Math.PI) ** 0.8;
    const x = -100 + along * 200 + between(random, -8, 8);
    const r = between(random, 15, 27) * (0.55 + rise * 0.6);
    return { x, y: -rise * between(random, 6, 18 + rows * 24) - r * 0.3, r };
  });
  const circles = (dx: number, dy: number, scale: number) =>
    puffs.map(({ x, y, r }) => ellipse(x + dx * r, y + dy * r, r * scale)).join('');
  const soft = mix(light.cloudLit, light.cloudShade, 0.4);
  const body =
    fill(circles(0, 0, 1), light.cloudShade) +
    fill(circles(-0.1, -0.16, 0.92), soft) +
    fill(circles(-0.2, -0.32, 0.78), light.cloudLit);
  return clipped(pen, box(-150, -160, 300, 146) + billows(stage), body);
}

export const cumulus = (stage: Stage, x: number, y: number, scale: number, rows: number): string =>
  at(x, y, scale, heap(stage, rows));

/** A thin drawn-out cloud. */
function wisp(stage: Stage, x: number, y: number, length: number, opacity: number): string {
  const h = length * 0.04;
  const d = `M${n(x)} ${n(y)}C${n(x + length * 0.2)} ${n(y - h * 2)} ${n(x + length * 0.4)} ${n(y - h)} ${n(x + length * 0.55)} ${n(y - h * 1.6)}C${n(x + length * 0.8)} ${n(y - h * 2.4)} ${n(x + length * 0.9)} ${n(y - h * 0.4)} ${n(x + length)} ${n(y)}C${n(x + length * 0.7)} ${n(y + h)} ${n(x + length * 0.3)} ${n(y + h)} ${n(x)} ${n(y)}Z`;
  return fill(d, stage.light.cloudLit, opacity);
}

function clouds(stage: Stage): string {
  const { width, horizon, random, weather } = stage;
  const grey = weather === 'rain' || weather === 'storm';
  const parts: string[] = [];
  for (let i = 0; i < (weather === 'clear' ? 3 : 6); i += 1) {
    parts.push(
      wisp(
        stage,
        between(random, -100, width * 0.8),
        between(random, horizon * 0.1, horizon * 0.7),
        between(random, 240, 560),
        0.55,
      ),
    );
  }
  if (grey) {
    for (let i = 0; i < 6; i += 1)
      parts.push(
        cumulus(stage, (i / 5) * width, between(random, horizon * 0.22, horizon * 0.4), between(random, 2, 3), 1),
      );
  }
  const big = stage.time === 'night' ? 2 : 3;
  for (let i = 0; i < big; i += 1) {
    const x = ((i + between(random, 0.1, 0.9)) / big) * width;
    parts.push(
      cumulus(
        stage,
        x,
        horizon * between(random, 0.62, 1.02),
        between(random, 1.3, 2.6),
        1 + Math.floor(random() * 2.6),
      ),
    );
  }
  return parts.join('');
}

function stars({ width, horizon, random }: Stage): string {
  const dots: string[] = [];
  for (let i = 0; i < 110; i += 1) {
    const [x, y] = [random() * width, random() ** 1.3 * horizon];
    dots.push(
      fill(
        i % 16 === 0 ? star(x, y, between(random, 5, 9), 0.25, 4) : ellipse(x, y, between(random, 0.8, 2.4)),
        '#ffffff',
        between(random, 0.45, 1),
      ),
    );
  }
  return dots.join('');
}

/** Where the sun or moon stands; low at the ends of the day. */
export function discAt({ width, horizon, time, random }: Stage): { x: number; y: number } {
  const heights = { dawn: 0.9, morning: 0.42, noon: 0.16, afternoon: 0.5, sunset: 0.88, night: 0.26 };
  return { x: width * between(random, 0.16, 0.84), y: horizon * heights[time] };
}

function disc(stage: Stage, x: number, y: number): string {
  const { pen, light, time } = stage;
  const radius = time === 'sunset' ? 92 : time === 'dawn' ? 74 : time === 'night' ? 58 : 50;
  const halo = glow(pen, x, y, radius * 5.5, light.glow, 0.75) + glow(pen, x, y, radius * 2.4, '#ffffff', 0.5);
  const craters =
    time === 'night'
      ? fill(ellipse(x - 16, y - 12, 12) + ellipse(x + 20, y + 14, 9) + ellipse(x + 6, y - 30, 6), '#d9dcec', 0.7)
      : '';
  return halo + fill(ellipse(x, y, radius), light.disc) + craters;
}

/** A jagged bolt with one fork, from the clouds to the horizon. */
function lightning({ width, horizon, random, pen }: Stage): string {
  const top = horizon * 0.14;
  let x = between(random, width * 0.2, width * 0.8);
  const start = x;
  const steps = 9;
  const joints = Array.from({ length: steps + 1 }, (_, i) => {
    x += i === 0 ? 0 : between(random, -0.5, 0.5) * 110;
    return `${n(x)} ${n(top + ((horizon * 0.86 - top) * i) / steps)}`;
  });
  const [forkX = 0, forkY = 0] = (joints[4] ?? '').split(' ').map(Number);
  const fork = `M${n(forkX)} ${n(forkY)}l46 60l-14 34l52 66`;
  const bolt = `M${joints.join('L')}`;
  const light = glow(pen, start, horizon * 0.36, 460, '#dfe6ff', 0.6);
  return (
    light +
    outline(bolt + fork, '#c9d4ff', 11).replace('/>', ' opacity="0.6"/>') +
    outline(bolt, '#ffffff', 5) +
    outline(fork, '#ffffff', 3)
  );
}

function birds({ width, horizon, random }: Stage): string {
  const x = between(random, width * 0.2, width * 0.7);
  const y = between(random, horizon * 0.2, horizon * 0.5);
  const one = (dx: number, dy: number, s: number) =>
    outline(
      `M${n(x + dx - 16 * s)} ${n(y + dy - 6 * s)}Q${n(x + dx - 6 * s)} ${n(y + dy - 10 * s)} ${n(x + dx)} ${n(y + dy)}Q${n(x + dx + 6 * s)} ${n(y + dy - 10 * s)} ${n(x + dx + 16 * s)} ${n(y + dy - 6 * s)}`,
      '#4a4668',
      3,
    );
  return one(0, 0, 1.1) + one(52, 22, 0.9) + one(-40, 34, 0.8) + one(90, -8, 0.7);
}

/** Rain and snow far off: also all of it that a window shows. */
function falling({ width, horizon, random, weather }: Stage): string {
  if (weather === 'snow')
    return Array.from({ length: 90 }, () =>
      fill(ellipse(random() * width, random() * (horizon + 50), between(random, 1.5, 3.5)), '#ffffff', 0.8),
    ).join('');
  if (weather !== 'rain' && weather !== 'storm') return '';
  const streaks = Array.from({ length: 110 }, () => {
    const [x, y, l] = [random() * width * 1.1, random() * horizon, between(random, 18, 40)];
    return `M${n(x)} ${n(y)}l${n(-l * 0.24)} ${n(l)}`;
  }).join('');
  return outline(streaks, '#dbe8f8', 1.6).replace('/>', ' opacity="0.45"/>');
}

/** The whole sky down to the horizon; below it the haze goes on, so that nothing in front leaves a hole. */
export function sky(stage: Stage): string {
  const { pen, width, height, horizon, light, time, weather, random } = stage;
  const haze = light.sky.at(-1)?.[1] ?? light.haze;
  const parts = [
    fill(box(-10, horizon, width + 20, Math.max(0, height - horizon) + 20), haze),
    fill(box(-10, -10, width + 20, horizon + 60), vertical(pen, light.sky)),
  ];
  const { x, y } = discAt(stage);
  const open = weather === 'clear' || weather === 'wind' || weather === 'cloudy';
  if (light.dark && open) parts.push(stars(stage));
  if (open) parts.push(disc(stage, x, y));
  else if (weather !== 'storm') parts.push(glow(pen, x, y * 0.6, 380, '#ffffff', 0.35));
  if (weather === 'storm' && random() < 0.8) parts.push(lightning(stage));
  if (weather !== 'fog') parts.push(clouds(stage));
  parts.push(falling(stage));
  if (open && !light.dark && time !== 'noon') parts.push(birds(stage));
  return parts.join('');
}
