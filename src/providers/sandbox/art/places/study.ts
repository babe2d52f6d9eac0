import type { Color } from '../kit/color.ts';
import { cel, fill, glow, n, outline } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import { box, ellipse } from '../kit/shapes.ts';
import { bush } from '../scenery/plants.ts';
import type { Backdrop, Stage } from '../scenery/stage.ts';
import { books, jars, outside, shelf, shell, viewWindow } from './interior.ts';

export function library(stage: Stage): Backdrop {
  const { width, height, pen, random } = stage;
  const floor = height * 0.78;
  const rows = 5;
  const rack = (x: number, wide: number) => {
    const step = (floor - 20) / rows;
    const body = cel(pen, box(x, 10, wide, floor, 8), '#7a5440', { depth: 8 });
    return (
      body +
      Array.from(
        { length: rows },
        (_, i) =>
          fill(box(x + 18, 26 + i * step, wide - 36, step - 26), pen.tone('#4f342c')) +
          books(stage, x + 22, step * (i + 1), wide - 44, step * 0.66),
      ).join('')
    );
  };
  const wide = Math.min(430, width * 0.36);
  const [wx, wy, wh] = [width * 0.5 - wide * 0.34, height * 0.1, height * 0.46];
  const back =
    shell(stage, '#b98a64', '#a06a48', floor) +
    viewWindow(stage, wx, wy, wide * 0.68, wh, outside(stage, wx, wy, wide * 0.68, wh), '#e6cfa8') +
    rack(-30, width * 0.5 - wide * 0.42) +
    rack(width * 0.5 + wide * 0.42, width * 0.5) +
    glow(pen, width * 0.5, height * 0.3, height * 0.5, '#ffe2a0', 0.35);
  const dust = Array.from({ length: 26 }, () =>
    fill(ellipse(random() * width, random() * height * 0.8, between(random, 2, 4)), '#fff2c4', 0.7),
  ).join('');
  return { back, front: dust, ground: height * 0.91, indoors: true };
}

export function classroom(stage: Stage): Backdrop {
  const { width, height, pen } = stage;
  const floor = height * 0.75;
  const wide = Math.min(300, width * 0.26);
  const windows = [0.54, 0.8]
    .map((k) =>
      viewWindow(
        stage,
        width * k,
        height * 0.12,
        wide * 0.86,
        height * 0.36,
        outside(stage, width * k, height * 0.12, wide, height * 0.36),
        '#fff6ea',
      ),
    )
    .join('');
  const board =
    cel(pen, box(width * 0.05, height * 0.14, width * 0.42, height * 0.32, 8), '#3f7a68', { depth: 6 }) +
    outline(box(width * 0.05, height * 0.14, width * 0.42, height * 0.32, 8), pen.tone('#a8744e'), 14) +
    outline(
      `M${n(width * 0.1)} ${n(height * 0.24)}q60 -40 120 0t120 0M${n(width * 0.12)} ${n(height * 0.36)}h160M${n(width * 0.34)} ${n(height * 0.3)}l30 40l40 -70`,
      '#f2f7ea',
      6,
    );
  const desk = (x: number, y: number, s: number) =>
    cel(pen, box(x - s, y - s * 0.9, s * 2, s * 0.2, 6), '#d9a871', { depth: 4 }) +
    outline(
      `M${n(x - s * 0.84)} ${n(y - s * 0.7)}V${n(y)}M${n(x + s * 0.84)} ${n(y - s * 0.7)}V${n(y)}`,
      pen.tone('#6f7488'),
      10,
    );
  const desks = [0.14, 0.4, 0.66, 0.92].map((k) => desk(width * k, floor + 50, 100)).join('');
  return {
    back: shell(stage, '#f6ecd4', '#d2a273', floor) + board + windows + desks,
    front: '',
    ground: height * 0.92,
    indoors: true,
  };
}

export function workshop(stage: Stage): Backdrop {
  const { width, height, pen, random } = stage;
  const floor = height * 0.76;
  const gear = (x: number, y: number, r: number, color: Color) =>
    cel(
      pen,
      `${Array.from(
        { length: 10 },
        (_, i) =>
          `${i === 0 ? 'M' : 'L'}${n(x + Math.cos(i * 0.628) * r * 1.16)} ${n(y + Math.sin(i * 0.628) * r * 1.16)}L${n(x + Math.cos(i * 0.628 + 0.3) * r * 1.16)} ${n(y + Math.sin(i * 0.628 + 0.3) * r * 1.16)}L${n(x + Math.cos(i * 0.628 + 0.36) * r * 0.92)} ${n(y + Math.sin(i * 0.628 + 0.36) * r * 0.92)}`,
      ).join('')}Z`,
      color,
      { depth: 6 },
    ) + fill(ellipse(x, y, r * 0.4), pen.tone('#5a4a5c'));
  const screens = [0.1, 0.3]
    .map(
      (k) =>
        cel(pen, box(width * k, height * 0.3, 230, 150, 14), '#4a5a7a', { depth: 6 }) +
        fill(box(width * k + 16, height * 0.3 + 16, 198, 118, 8), '#1d3a5a') +
        outline(`M${n(width * k + 30)} ${n(height * 0.3 + 90)}l40 -40l40 24l50 -60l30 30`, '#7fe6d0', 6),
    )
    .join('');
  const bulbs = Array.from(
    { length: 7 },
    (_, i) =>
      glow(pen, 100 + i * (width / 6.4), 70, 70, '#ffe2a0', 0.7) +
      fill(ellipse(100 + i * (width / 6.4), 70, 11, 14), '#fff2c4'),
  ).join('');
  const bench =
    cel(pen, box(-20, floor - 130, width + 40, 34, 6), '#a8744e', { depth: 4 }) +
    cel(pen, box(-20, floor - 98, width + 40, 100), '#7a5844', { depth: 6 });
  const back =
    shell(stage, '#d6c3a6', '#a88a70', floor) +
    gear(width * 0.72, height * 0.28, 110, '#c9a05a') +
    gear(width * 0.84, height * 0.4, 76, '#9fb0c0') +
    screens +
    shelf(stage, width * 0.54, height * 0.54, width * 0.4, jars(stage, width * 0.54, height * 0.54, width * 0.36)) +
    bench +
    bulbs +
    bush(stage, width * 0.94, floor - 150, 90 + random() * 20, '#5fa85a') +
    cel(pen, box(width * 0.94 - 34, floor - 160, 68, 44, 8), '#c9744f', { depth: 4 });
  return { back, front: '', ground: height * 0.92, indoors: true };
}
