import type { Color } from '../kit/color.ts';
import { darken, lighten, mix } from '../kit/color.ts';
import { at, cel, clipped, fill, n, outline, vertical } from '../kit/pen.ts';
import { between, pick } from '../kit/random.ts';
import { box, ellipse } from '../kit/shapes.ts';
import { skyline } from '../scenery/buildings.ts';
import { cumulus, sky } from '../scenery/sky.ts';
import type { Stage } from '../scenery/stage.ts';

/** A wall, a skirting board and a floor of boards. */
export function shell(stage: Stage, wall: Color, floor: Color, y: number): string {
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
export function viewWindow(
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

export const outside = (stage: Stage, x: number, y: number, wide: number, tall: number, town = true): string => {
  const inner: Stage = { ...stage, width: wide, height: tall, horizon: tall * 0.82 };
  return at(
    x,
    y,
    1,
    sky(inner) +
      (town ? skyline(inner, tall, tall * 0.5, [0.6, 0.35]) : cumulus(inner, wide * 0.3, tall * 1.06, wide / 150, 2)),
  );
};

export function curtains(stage: Stage, x: number, y: number, wide: number, tall: number, color: Color): string {
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

export function shelf(stage: Stage, x: number, y: number, wide: number, things: string): string {
  return things + cel(stage.pen, box(x, y, wide, 20, 4), '#a8744e', { depth: 3 });
}

export function jars(stage: Stage, x: number, y: number, wide: number): string {
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

export function books(stage: Stage, x: number, y: number, wide: number, tall: number): string {
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

export function pans(stage: Stage, x: number, y: number, wide: number): string {
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

export function pot(stage: Stage, x: number, y: number, s: number, color: Color): string {
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
