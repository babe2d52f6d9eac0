import { cel, fill, glow, n, outline } from '../kit/pen.ts';
import { box, ellipse } from '../kit/shapes.ts';
import type { Backdrop, Stage } from '../scenery/stage.ts';
import { books, curtains, jars, outside, pans, pot, shelf, shell, viewWindow } from './interior.ts';

export function kitchen(stage: Stage): Backdrop {
  const { width, height, pen } = stage;
  const floor = height * 0.76;
  const counter = floor - height * 0.2;
  const [wx, wy, ww, wh] = [width * 0.36, height * 0.12, Math.min(420, width * 0.36), height * 0.28];
  const tiles =
    Array.from({ length: Math.ceil(width / 56) }, (_, i) => `M${i * 56} ${n(counter - 112)}v112`).join('') +
    `M-10 ${n(counter - 56)}H${n(width + 10)}`;
  const doors = Array.from(
    { length: Math.ceil(width / 190) },
    (_, i) =>
      cel(pen, box(10 + i * 190, counter + 34, 170, floor - counter - 46, 10), '#7fb0a8', { depth: 7, line: 3 }) +
      fill(ellipse(92 + i * 190, counter + 58, 8), pen.tone('#f4dca0')),
  ).join('');
  const oven =
    cel(pen, box(width * 0.66, counter + 6, 240, floor - counter - 4, 10), '#56506a', { depth: 8 }) +
    cel(pen, box(width * 0.66 + 30, counter + 70, 180, 80, 10), '#ffb45a', { depth: 0 }) +
    glow(pen, width * 0.66 + 120, counter + 110, 150, '#ff9a3d', 0.5);
  const back =
    shell(stage, '#f7e2c2', '#c9946a', floor) +
    viewWindow(stage, wx, wy, ww, wh, outside(stage, wx, wy, ww, wh, false), '#fff6ea') +
    curtains(stage, wx, wy, ww, wh * 0.4, '#f2a08a') +
    pans(stage, width * 0.02, height * 0.12, width * 0.26) +
    shelf(stage, width * 0.76, height * 0.22, width * 0.22, jars(stage, width * 0.76, height * 0.22, width * 0.22)) +
    fill(box(-10, counter - 112, width + 20, 112), pen.tone('#fdf3e4')) +
    outline(tiles, pen.tone('#e3cdb0'), 3) +
    cel(pen, box(-20, counter, width + 40, floor - counter + 6), '#8fc0b4', { depth: 6 }) +
    doors +
    cel(pen, box(-20, counter - 14, width + 40, 32, 6), '#b9805a', { depth: 4 }) +
    oven +
    pot(stage, width * 0.66 + 70, counter - 12, 52, '#d9604f') +
    pot(stage, width * 0.66 + 180, counter - 12, 40, '#8f97ad');
  return { back, front: '', ground: height * 0.93, indoors: true };
}

function bed(stage: Stage, x: number, y: number, s: number): string {
  const { pen } = stage;
  return (
    cel(pen, box(x - 20, y - s * 0.9, 40, s * 0.9, 14), '#a8744e', { depth: 5 }) +
    cel(pen, box(x, y - s * 0.5, s * 2.2, s * 0.42, 30), '#8fb4e0', { depth: 12 }) +
    cel(pen, box(x + 20, y - s * 0.66, s * 0.62, s * 0.28, 30), '#ffffff', { depth: 6 }) +
    cel(pen, box(x + s * 0.7, y - s * 0.54, s * 1.55, s * 0.4, 26), '#f2b36a', { depth: 10 })
  );
}

export function bedroom(stage: Stage): Backdrop {
  const { width, height, pen } = stage;
  const floor = height * 0.74;
  const [ww, wh] = [Math.min(560, width * 0.46), height * 0.4];
  const [wx, wy] = [width * 0.5 - ww * 0.3, height * 0.12];
  const rug = cel(pen, ellipse(width * 0.5, height * 0.9, width * 0.36, height * 0.07), '#e88f86', {
    depth: 8,
    inside: outline(ellipse(width * 0.5, height * 0.9, width * 0.3, height * 0.055), pen.tone('#ffe6d6'), 8),
  });
  const lamp =
    glow(pen, width * 0.9, height * 0.4, 260, '#ffd98a', stage.light.dark ? 0.75 : 0.25) +
    outline(`M${n(width * 0.9)} ${n(height * 0.42)}V${n(floor)}`, pen.tone('#6f5a54'), 10) +
    cel(
      pen,
      `M${n(width * 0.9 - 60)} ${n(height * 0.46)}L${n(width * 0.9 - 34)} ${n(height * 0.34)}H${n(width * 0.9 + 34)}L${n(width * 0.9 + 60)} ${n(height * 0.46)}Z`,
      '#ffe2a0',
      { depth: 6 },
    );
  const back =
    shell(stage, '#cfd9f0', '#c99a72', floor) +
    viewWindow(stage, wx, wy, ww, wh, outside(stage, wx, wy, ww, wh), '#fff6ea') +
    curtains(stage, wx, wy, ww, wh, '#f4c46a') +
    shelf(stage, width * 0.02, height * 0.3, width * 0.2, books(stage, width * 0.03, height * 0.3, width * 0.16, 90)) +
    bed(stage, width * 0.02, floor + 40, height * 0.24) +
    lamp +
    rug;
  return { back, front: '', ground: height * 0.91, indoors: true };
}
