import { lighten, mix } from '../kit/color.ts';
import type { Pen } from '../kit/pen.ts';
import { at, cel, clipped, n, outline } from '../kit/pen.ts';
import { blob, ellipse } from '../kit/shapes.ts';
import type { HairStyle, Look, View } from './types.ts';

/** Locks of the fringe from right to left: [tip x, tip y, notch x, notch y]. */
type Lock = readonly [number, number, number, number];

const fringes: Record<Exclude<HairStyle, 'bald'>, readonly Lock[]> = {
  short: [
    [66, -4, 52, -40],
    [34, -12, 20, -44],
    [-6, -8, -22, -42],
    [-48, -2, -60, -34],
  ],
  spiky: [
    [74, 2, 58, -42],
    [40, -14, 24, -52],
    [4, 4, -14, -48],
    [-38, -6, -54, -40],
    [-76, 6, -80, -20],
  ],
  bob: [
    [62, -14, 50, -24],
    [30, -16, 16, -26],
    [-4, -16, -20, -26],
    [-38, -16, -56, -22],
  ],
  long: [
    [60, -6, 36, -48],
    [14, -40, 4, -66],
    [-12, -36, -34, -46],
    [-58, -4, -66, -26],
  ],
  ponytail: [
    [70, 0, 48, -46],
    [30, -30, 6, -52],
    [-24, -16, -40, -44],
    [-64, 6, -72, -20],
  ],
  twintails: [
    [58, -12, 46, -32],
    [26, -16, 12, -40],
    [-8, -12, -24, -36],
    [-46, -12, -62, -24],
  ],
  bun: [
    [52, -34, 20, -58],
    [-4, -40, -24, -62],
    [-50, -30, -66, -34],
  ],
  curly: [
    [70, -14, 52, -30],
    [36, -20, 18, -34],
    [0, -20, -18, -34],
    [-38, -18, -56, -28],
    [-72, -10, -80, -20],
  ],
};

function capPath(style: Exclude<HairStyle, 'bald'>, turn: number): string {
  const shift = 24 * turn;
  const locks = fringes[style]
    .map(
      ([tx, ty, nx, ny]) =>
        `Q${n(tx + shift + 10)} ${n(ty - 22)} ${n(tx + shift)} ${n(ty)}Q${n(tx + shift - 10)} ${n(ty - 20)} ${n(nx + shift)} ${n(ny)}`,
    )
    .join('');
  const right = 99 - 10 * turn;
  return `M-100 26C-120 -60 -72 -124 0 -124C70 -124 ${n(right + 18)} -62 ${n(right)} 22Q${n(right - 10)} 4 ${n(right - 12)} -18${locks}Q-82 0 -86 34Q-96 34 -100 26Z`;
}

const curls = (radius: number): string =>
  blob(
    Array.from({ length: 22 }, (_, i) => {
      const angle = (i / 22) * Math.PI * 2;
      const r = radius + (i % 2 === 0 ? 9 : -6);
      return [r * Math.cos(angle), -22 + r * 0.96 * Math.sin(angle)] as const;
    }),
  );

const backs: Record<HairStyle, string> = {
  short: 'M-98 -10C-108 50 -80 82 -50 80L60 80C84 80 104 46 98 -10Z',
  spiky: 'M-104 -20L-122 34L-100 24L-104 72L-72 52L-60 88L0 66L60 88L72 52L104 72L100 24L122 34L104 -20Z',
  bob: 'M-104 -30C-124 40 -118 92 -92 104Q-40 112 0 104Q40 112 92 104C118 92 124 40 104 -30Z',
  long: 'M-104 -30C-122 50 -112 130 -92 206Q-86 222 -72 236Q-60 226 -52 214Q-40 236 -16 250Q4 236 12 220Q28 238 56 240Q66 228 70 212Q84 218 94 214C116 130 122 50 104 -30Z',
  ponytail: 'M-98 -10C-106 50 -80 76 -50 76L50 76C80 76 106 50 98 -10Z',
  twintails: 'M-98 -10C-106 50 -80 76 -50 76L50 76C80 76 106 50 98 -10Z',
  bun: 'M-98 -10C-104 46 -80 70 -50 70L50 70C80 70 104 46 98 -10Z',
  curly: curls(122),
  bald: '',
};

function tails(pen: Pen, look: Look, view: View): string {
  const tail = 'M0 0C40 -10 66 40 60 110C58 160 40 200 14 226C20 190 4 170 -6 130C-16 80 -20 20 0 0Z';
  const tie = (x: number, y: number) => cel(pen, ellipse(x, y, 15, 13), look.accent, { depth: 4 });
  if (look.hairStyle === 'twintails') {
    const right = at(88, -58, 1, cel(pen, tail, look.hair)) + tie(92, -54);
    const left = `<g transform="translate(-88 -58) scale(-1 1)">${cel(pen, tail, look.hair)}</g>${tie(-92, -54)}`;
    return view === 'side'
      ? at(-60, -50, 1, `<g transform="scale(-1 1)">${cel(pen, tail, look.hair)}</g>`) + tie(-62, -48)
      : left + right;
  }
  if (look.hairStyle === 'bun')
    return cel(pen, ellipse(view === 'side' ? -60 : 0, view === 'side' ? -110 : -134, 42, 38), look.hair);
  if (look.hairStyle !== 'ponytail') return '';
  if (view === 'back') return at(-20, -70, 1.15, cel(pen, tail, look.hair)) + tie(-6, -66);
  const x = view === 'front' ? -40 : -74;
  return `<g transform="translate(${x} -92) scale(-1.05 1.05)">${cel(pen, tail, look.hair)}</g>${tie(x - 2, -88)}`;
}

/** The shine that runs around drawn hair. */
function shine(pen: Pen, look: Look, d: string): string {
  const color = mix(lighten(pen.tone(look.hair), 0.45), '#fff6e0', 0.2);
  return clipped(
    pen,
    d,
    `${outline('M-78 -44Q-40 -92 22 -94', color, 9).replace('/>', ' opacity="0.75"/>')}${outline('M44 -88L58 -80', color, 8).replace('/>', ' opacity="0.6"/>')}`,
  );
}

/** What hangs behind the head and shoulders. */
export function hairBehind(pen: Pen, look: Look, view: View): string {
  if (look.hairStyle === 'bald') return '';
  const back = backs[look.hairStyle];
  const body =
    view === 'side'
      ? `<g transform="translate(-16 0) scale(0.86 1)">${cel(pen, back, look.hair, { depth: -8 })}</g>`
      : cel(pen, back, look.hair, { depth: -8 });
  return view === 'back' ? '' : body + tails(pen, look, view);
}

/** Fringe and crown, drawn over the face. */
export function hairInFront(pen: Pen, look: Look, view: View, turn: number): string {
  if (look.hairStyle === 'bald') return '';
  if (view === 'back') return hairFromBehind(pen, look);
  if (view === 'side') return hairProfile(pen, look);
  const d = capPath(look.hairStyle, turn);
  const locks = look.hairStyle === 'long' || look.hairStyle === 'bob' || look.hairStyle === 'twintails';
  const sideLock = (x: number, flip: number) =>
    `<g transform="translate(${n(x)} 0) scale(${flip} 1)">${cel(pen, 'M-8 -30C8 20 10 70 -4 112C-22 90 -28 30 -22 -30Z', look.hair, { depth: 4 })}</g>`;
  return (locks ? sideLock(-78, 1) + sideLock(86 - 10 * turn, -1) : '') + cel(pen, d, look.hair) + shine(pen, look, d);
}

function hairFromBehind(pen: Pen, look: Look): string {
  const style = look.hairStyle;
  const crown = style === 'curly' ? curls(118) : `M-102 10C-120 -62 -72 -124 0 -124C72 -124 120 -62 102 10Z`;
  const whole =
    style === 'short' || style === 'ponytail' || style === 'twintails' || style === 'bun' || style === 'curly'
      ? ellipse(0, -14, 101, 106)
      : crown;
  // Hair that falls goes on below the crown without an edge.
  const flowing = whole === crown && style !== 'curly';
  const strands = outline(
    'M-34 24Q-42 46 -38 66M2 34Q6 54 2 74M38 24Q46 46 40 66',
    mix(pen.tone(look.hair), '#2a1a30', 0.22),
    3,
  );
  return (
    cel(pen, backs[style], look.hair) +
    (flowing
      ? cel(pen, whole, look.hair, { line: 0, depth: 0 })
      : cel(pen, whole, look.hair, { line: style === 'short' || style === 'bun' ? 4 : 0 })) +
    shine(pen, look, whole) +
    strands +
    tails(pen, look, 'back')
  );
}

function hairProfile(pen: Pen, look: Look): string {
  const d =
    'M88 -20C96 -80 60 -124 -4 -124C-80 -124 -120 -70 -104 10C-100 50 -84 70 -62 74Q-40 60 -38 20Q-34 -4 -14 -8Q10 -10 22 -30Q34 -8 46 -36Q58 -10 72 -38Q76 -20 88 -20Z';
  const shape = look.hairStyle === 'curly' ? curls(112) : d;
  return cel(pen, look.hairStyle === 'curly' ? d : shape, look.hair) + shine(pen, look, d);
}
