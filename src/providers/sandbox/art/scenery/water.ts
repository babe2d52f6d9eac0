import { lighten, mix } from '../kit/color.ts';
import { fill, glow, n, outline, vertical } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import { box } from '../kit/shapes.ts';
import type { Stage } from './stage.ts';
import { faded } from './stage.ts';

const lens = (x: number, y: number, length: number, height: number) =>
  `M${n(x - length)} ${n(y)}Q${n(x)} ${n(y - height)} ${n(x + length)} ${n(y)}Q${n(x)} ${n(y + height)} ${n(x - length)} ${n(y)}Z`;

/** Open water between two heights, with ripples that grow towards us and the light's road on it. */
export function water(stage: Stage, top: number, bottom: number, discX: number): string {
  const { pen, width, random, light, weather } = stage;
  const stormy = weather === 'storm';
  const deep = pen.tone(stormy ? '#3f6a8c' : '#2f86c4');
  const near = pen.tone(stormy ? '#2f5878' : '#3fb0c9');
  const parts = [
    fill(
      box(-10, top, width + 20, bottom - top + 10),
      vertical(pen, [
        [0, mix(faded(stage, '#63b3e0', 0.45), light.haze, 0.3)],
        [0.16, deep],
        [1, near],
      ]),
    ),
  ];
  const span = bottom - top;
  const ripples: string[] = [];
  const dark: string[] = [];
  for (let i = 0; i < 90; i += 1) {
    const depth = random() ** 1.4;
    const y = top + span * (0.03 + 0.95 * depth);
    (i % 3 === 0 ? dark : ripples).push(lens(random() * width, y, 12 + depth * 95, 1 + depth * 5));
  }
  parts.push(fill(dark.join(''), mix(deep, '#123a6a', 0.4), 0.45), fill(ripples.join(''), lighten(near, 0.6), 0.55));
  if (weather === 'clear' || weather === 'cloudy' || weather === 'wind') parts.push(lightRoad(stage, top, span, discX));
  parts.push(outline(`M-10 ${n(top)}H${n(width + 10)}`, lighten(light.haze, 0.35), 3));
  return parts.join('');
}

function lightRoad({ pen, random, light }: Stage, top: number, span: number, x: number): string {
  const glints: string[] = [];
  for (let i = 0; i < 46; i += 1) {
    const depth = i / 46;
    glints.push(
      lens(
        x + between(random, -1, 1) * (26 + depth * 120),
        top + 4 + span * depth,
        8 + random() * (14 + depth * 54),
        1.2 + depth * 3.4,
      ),
    );
  }
  return (
    glow(pen, x, top + span * 0.1, span * 0.9, light.glow, 0.42) +
    fill(glints.join(''), mix(light.disc, light.glow, 0.2), 0.85)
  );
}

interface Waves {
  body: string;
  foam: string;
}

/** A row of waves, each of its own breadth and height, the high ones with a white crest. */
function waves({ width, random }: Stage, y: number, size: number): Waves {
  let x = -size * 3;
  let line = `M${n(x)} ${n(y + size * 5)}V${n(y)}`;
  let foam = '';
  while (x < width + size * 2) {
    const [w, share] = [size * between(random, 2.4, 4.8), random()];
    const h = size * (0.3 + 0.75 * share);
    const at = (k: number) => n(x + w * k);
    line += `C${at(0.28)} ${n(y)} ${at(0.36)} ${n(y - h)} ${at(0.54)} ${n(y - h)}C${at(0.7)} ${n(y - h)} ${at(0.72)} ${n(y)} ${at(1)} ${n(y)}`;
    if (share > 0.45)
      foam += `M${at(0.36)} ${n(y - h * 0.72)}Q${at(0.46)} ${n(y - h * 1.12)} ${at(0.64)} ${n(y - h * 0.9)}Q${at(0.66)} ${n(y - h * 0.66)} ${at(0.6)} ${n(y - h * 0.74)}Q${at(0.5)} ${n(y - h * 0.9)} ${at(0.36)} ${n(y - h * 0.72)}Z`;
    x += w;
  }
  return { body: `${line}V${n(y + size * 5)}Z`, foam };
}

/** Rolling waves for storms, a far row behind a near one. */
export function swell(stage: Stage, y: number, size: number): string {
  const { pen } = stage;
  const tone = pen.tone(mix('#3a86ad', '#23527e', 0.5));
  const row = ({ body, foam }: Waves, light: number) =>
    fill(
      body,
      vertical(pen, [
        [0, lighten(tone, 0.22 * light)],
        [0.5, mix(tone, '#143056', 0.12)],
        [1, mix(tone, '#143056', 0.4)],
      ]),
    ) + fill(foam, lighten(tone, 0.7), 0.9);
  return row(waves(stage, y - size * 0.4, size * 0.6), 1.5) + row(waves(stage, y + size * 0.6, size), 1);
}

/** The wet edge where waves run out on a beach. */
export function shoreline(stage: Stage, y: number): string {
  const { width, random, pen } = stage;
  const wave = (dy: number, swing: number) => {
    let d = `M-20 ${n(y + dy)}`;
    for (let x = -20; x < width; x += 150) d += `q${n(40)} ${n(-swing - random() * 8)} 75 0t75 0`;
    return d;
  };
  const edge = wave(0, 16);
  return (
    fill(`${edge}L${n(width + 200)} ${n(y - 60)}L-20 ${n(y - 60)}Z`, pen.tone('#7fd3d8'), 0.75) +
    outline(edge, pen.tone('#ffffff'), 13) +
    outline(wave(26, 12), pen.tone('#d8c39a'), 9)
  );
}
