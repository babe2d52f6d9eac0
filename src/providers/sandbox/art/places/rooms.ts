import type { Color } from '../kit/color.ts';
import { darken, lighten, mix } from '../kit/color.ts';
import { at, cel, clipped, fill, glow, n, outline, vertical } from '../kit/pen.ts';
import { between, pick } from '../kit/random.ts';
import { box, ellipse } from '../kit/shapes.ts';
import { skyline } from '../scenery/buildings.ts';
import { bush } from '../scenery/plants.ts';
import { cumulus, sky } from '../scenery/sky.ts';
import type { Backdrop, Stage } from '../scenery/stage.ts';

/** A wall, a skirting board and a floor of boards. */
function shell(stage: Stage, wall: Color, floor: Color, y: number): string {
  const { width, height, pen } = stage;
  const paper = Array.from({ length: Math.ceil(width / 90) }, (_, i) => `M${45 + i * 90} -10V${n(y)}`).join('');
  const boards = Array.from(
    { length: 17 },
    (_, i) =>
      `M${n(width / 2 + (i - 8) * width * 0.075)} ${n(y)}L${n(width / 2 + (i - 8) * width * 0.16)} ${n(height + 10)}`,
  ).join('');
  return (
    fill(
      box(-10, -10, width + 20, y + 20),
      vertical(pen, [
        [0, darken(pen.tone(wall), 0.1)],
        [1, lighten(pen.tone(wall), 0.12)],
      ]),
    ) +
    outline(paper, mix(pen.tone(wall), '#ffffff', 0.3), 12).replace('/>', ' opacity="0.35"/>') +
    fill(
      box(-10, y, width + 20, height - y + 10),
      vertical(pen, [
        [0, lighten(pen.tone(floor), 0.12)],
        [1, darken(pen.tone(floor), 0.12)],
      ]),
    ) +
    outline(boards, darken(pen.tone(floor), 0.22), 4) +
    fill(box(-10, y - 22, width + 20, 24), lighten(pen.tone(wall), 0.5))
  );
}

/** A window with the real sky of the hour in it, and the light it throws into the room. */
function viewWindow(
  stage: Stage,
  x: number,
  y: number,
  wide: number,
  tall: number,
  view: string,
  frame: Color,
): string {
  const { pen, height } = stage;
  const glass = box(x, y, wide, tall, 12);
  const beam = stage.light.dark
    ? ''
    : fill(
        `M${n(x)} ${n(y + tall)}L${n(x + wide)} ${n(y + tall)}L${n(x + wide * 1.5)} ${n(height)}H${n(x + wide * 0.1)}Z`,
        stage.light.glow,
        0.2,
      );
  const cross = `M${n(x + wide / 2)} ${n(y)}v${n(tall)}M${n(x)} ${n(y + tall * 0.4)}h${n(wide)}`;
  return (
    clipped(pen, glass, view) +
    outline(cross, pen.tone(frame), 11) +
    outline(glass, pen.tone(frame), 18) +
    cel(pen, box(x - 26, y + tall + 4, wide + 52, 24, 6), frame, { depth: 4 }) +
    beam
  );
}

const outside = (stage: Stage, x: number, y: number, wide: number, tall: number, town = true): string => {
  const inner: Stage = { ...stage, width: wide, height: tall, horizon: tall * 0.82 };
  return at(
    x,
    y,
    1,
    sky(inner) +
      (town ? skyline(inner, tall, tall * 0.5, [0.6, 0.35]) : cumulus(inner, wide * 0.3, tall * 1.06, wide / 150, 2)),
  );
};

function curtains(stage: Stage, x: number, y: number, wide: number, tall: number, color: Color): string {
  const { pen } = stage;
  const side = (cx: number, s: number) =>
    cel(
      pen,
      `M${n(cx)} ${n(y - 40)}h${n(s * wide * 0.26)}C${n(cx + s * wide * 0.2)} ${n(y + tall * 0.4)} ${n(cx + s * wide * 0.1)} ${n(y + tall * 0.7)} ${n(cx + s * wide * 0.16)} ${n(y + tall + 50)}h${n(-s * wide * 0.22)}Z`,
      color,
      {
        depth: 10,
        inside: outline(
          `M${n(cx + s * wide * 0.1)} ${n(y - 40)}C${n(cx + s * wide * 0.08)} ${n(y + tall * 0.4)} ${n(cx + s * 10)} ${n(y + tall * 0.7)} ${n(cx + s * wide * 0.04)} ${n(y + tall + 60)}`,
          darken(pen.tone(color), 0.2),
          4,
        ),
      },
    );
  return (
    outline(`M${n(x - 50)} ${n(y - 44)}h${n(wide + 100)}`, pen.tone('#8a6247'), 12) +
    side(x - 34, 1) +
    side(x + wide + 34, -1)
  );
}

function shelf(stage: Stage, x: number, y: number, wide: number, things: string): string {
  return things + cel(stage.pen, box(x, y, wide, 20, 4), '#a8744e', { depth: 3 });
}

function jars(stage: Stage, x: number, y: number, wide: number): string {
  const { pen, random } = stage;
  return Array.from({ length: Math.floor(wide / 62) }, (_, i) => {
    const [jx, h] = [x + 12 + i * 62, between(random, 46, 74)];
    const color = pick(random, ['#e8a24f', '#d9604f', '#8fb85a', '#c98fb8', '#f0d880', '#7fb8c9']);
    return (
      cel(pen, box(jx, y - h, 42, h, 10), color, { depth: 5, line: 3 }) +
      cel(pen, box(jx + 5, y - h - 12, 32, 14, 4), '#8a5f45', { depth: 2, line: 3 })
    );
  }).join('');
}

function books(stage: Stage, x: number, y: number, wide: number, tall: number): string {
  const { pen, random } = stage;
  const parts: string[] = [];
  for (let bx = x; bx < x + wide - 20; ) {
    const w = between(random, 16, 34);
    const h = tall * between(random, 0.72, 1);
    const color = pick(random, ['#c9564e', '#4f7fb0', '#5a9a72', '#d9a54a', '#8a6aa8', '#d98a6a', '#e6dcc6']);
    parts.push(
      cel(pen, box(bx, y - h, w, h, 3), color, {
        depth: 3,
        line: 3,
        inside: fill(box(bx, y - h * 0.8, w, 7), lighten(pen.tone(color), 0.5)),
      }),
    );
    bx += w + 1;
  }
  return parts.join('');
}

function pans(stage: Stage, x: number, y: number, wide: number): string {
  const { pen } = stage;
  const hang = Array.from({ length: Math.floor(wide / 110) }, (_, i) => {
    const px = x + 55 + i * 110;
    const r = 32 - (i % 3) * 6;
    return (
      outline(`M${px} ${n(y)}v58`, pen.tone('#5a5468'), 8) +
      cel(pen, ellipse(px, y + 58 + r, r), i % 2 === 0 ? '#8f97ad' : '#c9805a', { depth: 6 })
    );
  }).join('');
  return cel(pen, box(x, y - 8, wide, 14, 6), '#5a5468', { depth: 2 }) + hang;
}

function pot(stage: Stage, x: number, y: number, s: number, color: Color): string {
  const { pen } = stage;
  const steam = [-0.4, 0.1, 0.5]
    .map((k) =>
      outline(
        `M${n(x + s * k)} ${n(y - s * 1.3)}q${n(-s * 0.24)} ${n(-s * 0.3)} 0 ${n(-s * 0.6)}t0 ${n(-s * 0.6)}`,
        '#ffffff',
        s * 0.12,
      ).replace('/>', ' opacity="0.6"/>'),
    )
    .join('');
  return (
    steam +
    cel(pen, box(x - s, y - s, s * 2, s, 16), color, { depth: 8 }) +
    cel(pen, box(x - s * 1.1, y - s * 1.12, s * 2.2, s * 0.2, 8), lighten(color, 0.2), { depth: 3 }) +
    cel(pen, ellipse(x, y - s * 1.2, s * 0.16), '#5a5468', { depth: 2 })
  );
}

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
    shell(stage, '#a9b4c4', '#8f8a94', floor) +
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
