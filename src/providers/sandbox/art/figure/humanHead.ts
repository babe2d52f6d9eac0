import { mix } from '../kit/color.ts';
import type { Pen } from '../kit/pen.ts';
import { at, cel, clipped, fill, group, n, outline } from '../kit/pen.ts';
import { ellipse } from '../kit/shapes.ts';
import { brow, eye, tear } from './eyes.ts';
import { mouth } from './mouth.ts';
import type { Expression, Look } from './types.ts';

/** The face of a head of radius 100; `turn` 0 looks at us, 1 is a profile towards +x. */
function facePath(turn: number): string {
  const chin = 20 * turn;
  const far = 90 - 12 * turn;
  const jaw = 60 - 4 * turn;
  return `M-90 -10C-92 40 ${n(-jaw + chin * 0.4)} 76 ${n(chin - 20)} 92Q${n(chin)} 101 ${n(chin + 20)} 92C${n(jaw + chin * 0.5)} 76 ${n(far + 2)} 40 ${n(far)} -10C${n(far)} -72 50 -100 0 -100C-50 -100 -90 -72 -90 -10Z`;
}

function eyePair(pen: Pen, look: Look, turn: number, expression: Expression): string {
  const shift = 30 * turn;
  const far = 1 - 0.3 * turn;
  const near = at(
    -41 + shift,
    14,
    1,
    group('scale(-1 1)', eye(pen, look.eyes, expression, 1) + brow(look.hair, expression, 1)),
  );
  const other = at(41 + shift * 0.9, 14, 1, eye(pen, look.eyes, expression, far) + brow(look.hair, expression, far));
  const tears = expression === 'sad' ? at(-41 + shift, 14, 1, tear()) : '';
  return near + other + tears;
}

function glasses(turn: number): string {
  const shift = 30 * turn;
  const frame = (x: number, rx: number) =>
    outline(ellipse(x, 15, rx, 30), '#4b3a4a', 5) + fill(ellipse(x, 15, rx, 30), '#dff3ff', 0.22);
  return `${frame(-41 + shift, 31)}${frame(41 + shift * 0.9, 31 - 9 * turn)}${outline(`M${n(-10 + shift)} 10Q${n(shift)} 4 ${n(10 + shift)} 10`, '#4b3a4a', 5)}`;
}

function cheeks(pen: Pen, look: Look, turn: number): string {
  const blush = pen.tone(mix(look.skin, '#ff7f7f', 0.5));
  const shift = 30 * turn;
  const freckles = look.freckles
    ? [-66, -56, -46, 46, 56, 66]
        .map((x) => fill(ellipse(x + shift, 44 + (x % 4), 2.4), pen.tone(mix(look.skin, '#a55a35', 0.7))))
        .join('')
    : '';
  return (
    fill(ellipse(-58 + shift, 50, 17, 9), blush, 0.6) +
    fill(ellipse(56 + shift * 0.8, 50, 15 - 4 * turn, 9), blush, 0.6) +
    freckles
  );
}

/** Along the jaw, with a moustache; the mouth stays free. */
function beard(pen: Pen, look: Look, turn: number): string {
  if (!look.beard) return '';
  const x = 22 * turn;
  const far = 90 - 12 * turn;
  const jaw = `M-92 6C-92 60 -66 112 ${n(x)} 136C66 112 ${n(far + 2)} 60 ${n(far)} 6C${n(far - 8)} 46 ${n(x + 56)} 54 ${n(x + 40)} 66Q${n(x + 34)} 92 ${n(x)} 92Q${n(x - 34)} 92 ${n(x - 40)} 66C${n(x - 56)} 54 -84 46 -92 6Z`;
  const moustache = `M${n(x)} 52C${n(x + 20)} 44 ${n(x + 46)} 56 ${n(x + 52)} 72C${n(x + 34)} 66 ${n(x + 16)} 70 ${n(x)} 62C${n(x - 16)} 70 ${n(x - 34)} 66 ${n(x - 52)} 72C${n(x - 46)} 56 ${n(x - 20)} 44 ${n(x)} 52Z`;
  return cel(pen, jaw, look.beard, { depth: 8 }) + cel(pen, moustache, look.beard, { depth: 3 });
}

/** A human face without hair, around the middle of a head of radius 100. */
export function humanFace(pen: Pen, look: Look, turn: number, expression: Expression): string {
  const face = facePath(turn);
  const skin = pen.tone(look.skin);
  const hairShadow = clipped(pen, face, fill(ellipse(8, -62, 104, 50), mix(skin, '#b06a80', 0.22)));
  const nose = outline(`M${n(32 * turn + 2)} 36q6 6 0 9`, mix(skin, '#7a3f4c', 0.55), 3.5);
  return (
    cel(pen, face, look.skin, { depth: 7 }) +
    hairShadow +
    cheeks(pen, look, turn) +
    eyePair(pen, look, turn, expression) +
    nose +
    beard(pen, look, turn) +
    at((look.beard ? 22 : 30) * turn, look.beard ? 74 : 66, look.beard ? 0.8 : 1, mouth(expression)) +
    (look.glasses ? glasses(turn) : '')
  );
}

/** A profile towards +x. */
export function humanProfile(pen: Pen, look: Look, expression: Expression): string {
  const face =
    'M-80 -10C-84 40 -40 78 20 92Q56 98 62 80Q60 70 66 64Q62 58 70 54Q66 48 86 40Q80 24 78 6C84 -72 50 -100 0 -100C-50 -100 -80 -72 -80 -10Z';
  const blush = pen.tone(mix(look.skin, '#ff7f7f', 0.5));
  const side = at(50, 14, 1, eye(pen, look.eyes, expression, 0.66) + brow(look.hair, expression, 0.66));
  return (
    cel(pen, face, look.skin, { depth: 7 }) +
    fill(ellipse(40, 52, 15, 9), blush, 0.6) +
    side +
    at(56, 70, 0.6, mouth(expression)) +
    (look.beard
      ? cel(pen, 'M-60 30C-50 80 -20 130 50 140C84 120 76 84 68 66C40 60 10 60 -60 30Z', look.beard, { depth: 8 })
      : '') +
    (look.glasses ? outline(ellipse(52, 15, 22, 28), '#4b3a4a', 5) + outline('M30 12L-40 4', '#4b3a4a', 5) : '') +
    fill(ellipse(-14, 22, 15, 20), pen.tone(look.skin)) +
    outline('M-14 4a14 18 0 1 0 6 34M-12 14q-8 6 -2 16', mix(pen.tone(look.skin), '#5a3040', 0.7), 3.5)
  );
}
