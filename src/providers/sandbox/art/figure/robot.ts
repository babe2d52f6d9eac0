import { darken, lighten, mix } from '../kit/color.ts';
import type { Pen } from '../kit/pen.ts';
import { cel, fill, glow, n, outline } from '../kit/pen.ts';
import { box, ellipse } from '../kit/shapes.ts';
import type { Expression, Look } from './types.ts';

function screenEyes(look: Look, expression: Expression, shift: number, turn: number): string {
  const light = lighten(look.eyes, 0.45);
  const eyeAt = (x: number, width: number) => {
    if (expression === 'joy') return outline(`M${n(x - width)} 12Q${n(x)} -18 ${n(x + width)} 12`, light, 9);
    if (expression === 'closed' || expression === 'calm')
      return outline(`M${n(x - width)} 0Q${n(x)} 16 ${n(x + width)} 0`, light, 9);
    const tall = expression === 'surprised' ? 30 : expression === 'sad' || expression === 'worried' ? 17 : 24;
    return (
      fill(ellipse(x, 0, width, tall), light) +
      fill(ellipse(x - width * 0.3, -tall * 0.4, width * 0.35, tall * 0.3), '#ffffff')
    );
  };
  const sad = expression === 'sad' || expression === 'worried';
  const smile = sad ? 'M-14 38Q0 28 14 38' : 'M-16 32Q0 46 16 32';
  return `${eyeAt(-36 + shift, 17)}${eyeAt(36 + shift * 0.8, 17 - 5 * turn)}<g transform="translate(${n(shift)} 0)">${outline(smile, light, 6)}</g>`;
}

function bolts(pen: Pen, look: Look): string {
  return (
    cel(pen, box(-120, -26, 26, 56, 10), look.accent, { depth: 4 }) +
    cel(pen, box(94, -26, 26, 56, 10), look.accent, { depth: 4 })
  );
}

const antenna = (pen: Pen, look: Look): string =>
  outline('M0 -92V-136', darken(pen.tone(look.fur), 0.4), 8) +
  glow(pen, 0, -148, 40, lighten(look.accent, 0.3), 0.7) +
  cel(pen, ellipse(0, -146, 16), look.accent, { depth: 4 });

/** A screen-faced head of radius 100. */
export function robotHead(pen: Pen, look: Look, turn: number, expression: Expression, back: boolean): string {
  const shell = cel(pen, box(-104, -94, 208, 180, 64), look.fur, { depth: 11 });
  const shift = 26 * turn;
  const screen =
    fill(box(-78 + shift, -54, 156 - 14 * turn, 112, 44), '#1e2c4a') +
    fill(box(-70 + shift, -50, 120, 30, 20), '#3b5488', 0.6);
  const vents = outline('M-34 -20H34M-34 0H34M-34 20H34', darken(pen.tone(look.fur), 0.3), 6);
  return (
    antenna(pen, look) + bolts(pen, look) + shell + (back ? vents : screen + screenEyes(look, expression, shift, turn))
  );
}

/** A floating hood of mist with a face. */
export function ghostBody(pen: Pen, look: Look, expression: Expression, back: boolean): string {
  const d =
    'M0 -360C110 -360 130 -250 128 -150L134 -20Q108 -46 86 -14Q56 -44 30 -10Q0 -42 -30 -10Q-56 -44 -86 -14Q-108 -46 -134 -20L-128 -150C-130 -250 -110 -360 0 -360Z';
  const ink = '#4a4070';
  const mouthPath =
    expression === 'sad' || expression === 'worried' ? 'M-14 -176Q0 -188 14 -176' : 'M-18 -190Q0 -166 18 -190';
  const blush = mix(look.fur, '#ff9fb0', 0.5);
  const face = back
    ? ''
    : fill(ellipse(-38, -230, 15, 24), ink) +
      fill(ellipse(38, -230, 15, 24), ink) +
      fill(ellipse(-43, -240, 5, 8), '#ffffff') +
      fill(ellipse(33, -240, 5, 8), '#ffffff') +
      fill(ellipse(-66, -196, 18, 10), blush) +
      fill(ellipse(66, -196, 18, 10), blush) +
      outline(mouthPath, ink, 5);
  return `<g opacity="0.92">${cel(pen, d, look.fur, { depth: 14 })}${face}</g>`;
}

/** An alien's wide smooth head with two feelers. */
export function alienCrown(pen: Pen, look: Look): string {
  const feeler = (s: number) =>
    outline(`M${s * 34} -84Q${s * 44} -130 ${s * 66} -142`, darken(pen.tone(look.fur), 0.35), 7) +
    cel(pen, ellipse(s * 70, -148, 16), look.accent, { depth: 4 });
  return feeler(-1) + feeler(1);
}
