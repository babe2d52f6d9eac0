import { darken, mix } from '../kit/color.ts';
import type { Pen } from '../kit/pen.ts';
import { at, cel, fill, group, n, outline } from '../kit/pen.ts';
import { box, ellipse } from '../kit/shapes.ts';
import type { Look, Rig, Species, View } from './types.ts';

const tails: Partial<Record<Species, { d: string; tip?: string }>> = {
  cat: { d: 'M0 10C-60 20 -110 -20 -104 -90C-102 -116 -74 -116 -72 -92C-74 -50 -50 -24 0 -26Z' },
  tiger: { d: 'M0 10C-60 20 -110 -20 -104 -90C-102 -116 -74 -116 -72 -92C-74 -50 -50 -24 0 -26Z' },
  dog: { d: 'M0 6C-50 10 -86 -30 -70 -80C-62 -96 -44 -84 -46 -68C-50 -40 -30 -26 0 -24Z' },
  fox: {
    d: 'M0 12C-70 44 -150 0 -146 -70C-144 -104 -120 -118 -112 -120C-84 -100 -40 -60 0 -22Z',
    tip: 'M-146 -70C-144 -104 -120 -118 -112 -120C-104 -112 -94 -104 -84 -96C-96 -84 -120 -70 -146 -60Z',
  },
  wolf: { d: 'M0 12C-66 40 -136 6 -136 -56C-134 -84 -112 -96 -104 -98C-78 -82 -38 -56 0 -22Z' },
  squirrel: {
    d: 'M0 12C-80 40 -130 -40 -118 -120C-112 -186 -50 -200 -34 -160C-24 -130 -60 -120 -62 -96C-58 -60 -30 -40 0 -26Z',
  },
  rabbit: { d: ellipse(-24, -10, 30, 28) },
  bear: { d: ellipse(-14, -4, 24, 22) },
  panda: { d: ellipse(-14, -4, 24, 22) },
  sheep: { d: ellipse(-14, -6, 26, 24) },
  deer: { d: 'M0 6C-30 10 -44 -14 -40 -40C-20 -36 -4 -28 0 -20Z' },
  mouse: { d: 'M0 4C-60 20 -120 0 -130 -50C-134 -62 -122 -64 -118 -54C-106 -22 -60 -6 0 -10Z' },
  lion: {
    d: 'M0 8C-60 16 -104 -10 -110 -70L-94 -72C-88 -30 -50 -12 0 -12Z',
    tip: 'M-110 -64C-136 -84 -120 -116 -98 -110C-76 -104 -82 -74 -94 -64Z',
  },
  monkey: {
    d: 'M0 8C-70 20 -120 -20 -104 -84C-94 -116 -54 -104 -62 -76C-74 -80 -84 -70 -82 -56C-76 -20 -40 -12 0 -14Z',
  },
  pig: { d: 'M0 0C-30 4 -36 -22 -18 -24C-4 -24 -8 -8 -20 -10L-20 -4C-4 -2 6 -18 -2 -28C-20 -40 -50 -16 -30 6Z' },
  dragon: { d: 'M0 16C-70 40 -140 10 -164 -60L-186 -58L-160 -102L-132 -66L-150 -62C-126 -20 -60 -20 0 -34Z' },
  bird: { d: 'M0 8L-70 10L-52 -8L-74 -22L-8 -26Z' },
  fish: {
    d: 'M0 8C-40 10 -60 0 -76 -8C-96 26 -126 36 -150 30C-140 4 -140 -20 -150 -52C-120 -52 -92 -44 -76 -24C-50 -34 -20 -30 0 -24Z',
  },
  penguin: { d: 'M0 10L-40 18L-8 -16Z' },
};

/** The tail, rooted at the back of the hips; from behind it lies over the body. */
export function tail(pen: Pen, look: Look, rig: Rig, view: View): string {
  const shape = tails[look.species];
  if (!shape) return '';
  const tipColor = look.species === 'fox' ? '#fff3e2' : mix(look.fur, '#5a2a18', 0.6);
  const color = look.species === 'rabbit' || look.species === 'sheep' ? mix(look.fur, '#ffffff', 0.6) : look.fur;
  const body = cel(pen, shape.d, color, { depth: 7, inside: shape.tip ? fill(shape.tip, pen.tone(tipColor)) : '' });
  const x = view === 'side' ? -rig.hipX * 0.6 : view === 'back' ? 0 : -rig.hipX * 0.5;
  return at(x, rig.hipY + 6, rig.hipX / 62, view === 'front' || view === 'back' ? group('rotate(12)', body) : body);
}

function wing(pen: Pen, look: Look): string {
  const color = mix(look.fur, look.belly, 0.35);
  return cel(
    pen,
    'M0 0C-30 -70 -100 -130 -190 -130C-176 -104 -180 -84 -186 -66C-160 -72 -146 -56 -142 -36C-118 -46 -100 -30 -96 -8C-70 -20 -40 -10 0 24Z',
    color,
    { depth: 9, inside: outline('M0 0L-190 -130M0 4L-186 -66M0 8L-142 -36', darken(color, 0.3), 3) },
  );
}

/** Wings of those who have them, behind the body. */
export function wings(pen: Pen, look: Look, rig: Rig, view: View): string {
  if (look.species !== 'dragon') return '';
  const y = rig.shoulderY + 40;
  const left = at(-20, y, 0.9, wing(pen, look));
  return view === 'side' ? left : left + group(`translate(20 ${n(y)}) scale(-0.9 0.9)`, wing(pen, look));
}

export function cape(pen: Pen, look: Look, rig: Rig, view: View): string {
  if (!look.cape) return '';
  const low = rig.hipY + (rig.leg[0] + rig.leg[1]) * 0.6;
  const s = rig.shoulderX + 8;
  if (view === 'side')
    return cel(
      pen,
      `M10 ${n(rig.shoulderY - 6)}C-50 ${n(rig.shoulderY + 40)} -90 ${n(rig.hipY)} -120 ${n(low)}Q-60 ${n(low + 14)} -10 ${n(low - 20)}Z`,
      look.cape,
    );
  return cel(
    pen,
    `M${n(-s * 0.7)} ${n(rig.shoulderY - 10)}C${n(-s - 24)} ${n(rig.hipY)} ${n(-s - 44)} ${n(low - 30)} ${n(-s - 46)} ${n(low)}Q${n(-s * 0.5)} ${n(low + 22)} 0 ${n(low + 4)}Q${n(s * 0.5)} ${n(low + 22)} ${n(s + 46)} ${n(low)}C${n(s + 44)} ${n(low - 30)} ${n(s + 24)} ${n(rig.hipY)} ${n(s * 0.7)} ${n(rig.shoulderY - 10)}Z`,
    look.cape,
  );
}

/** Wrapped around the neck, under the head; one end hangs. */
export function scarf(pen: Pen, look: Look, rig: Rig, view: View): string {
  if (!look.scarf) return '';
  const y = rig.shoulderY - 8;
  const w = rig.shoulderX * 0.98;
  const end = (x: number, turn: number) =>
    group(
      `translate(${n(x)} ${n(y + 14)}) rotate(${turn})`,
      cel(pen, 'M-18 0L-22 92Q0 102 22 92L18 0Z', look.scarf ?? '', {
        depth: 6,
        inside: outline('M-30 78H30', '#fff4e4', 5),
      }),
    );
  const tails =
    view === 'side' || view === 'quarter'
      ? end(-w * 0.86, 32)
      : view === 'back'
        ? end(w * 0.4, -10)
        : end(w * 0.45, -8);
  const wrap = cel(
    pen,
    `M${n(-w - 10)} ${n(y - 8)}Q0 ${n(y + 26)} ${n(w + 10)} ${n(y - 8)}Q${n(w + 16)} ${n(y + 22)} ${n(w - 2)} ${n(y + 30)}Q0 ${n(y + 58)} ${n(-w + 2)} ${n(y + 30)}Q${n(-w - 16)} ${n(y + 22)} ${n(-w - 10)} ${n(y - 8)}Z`,
    look.scarf,
    { depth: 6 },
  );
  return tails + wrap;
}

export function backpack(pen: Pen, look: Look, rig: Rig, view: View): string {
  if (!look.backpack) return '';
  const middle = (rig.shoulderY + rig.hipY) / 2;
  const height = (rig.hipY - rig.shoulderY) * 1.02;
  if (view === 'front') return '';
  const w = view === 'back' ? rig.shoulderX * 1.5 : rig.shoulderX * 0.95;
  const x = view === 'back' ? 0 : -rig.shoulderX * (view === 'side' ? 1 : 1.1);
  return (
    cel(pen, box(x - w / 2, middle - height / 2 - 6, w, height, 24), look.backpack) +
    cel(pen, box(x - w * 0.34, middle + 2, w * 0.68, height * 0.36, 12), mix(look.backpack, '#ffffff', 0.16), {
      depth: 5,
      line: 3,
    })
  );
}

/** The straps that show at the front. */
export function straps(pen: Pen, look: Look, rig: Rig, view: View): string {
  if (!look.backpack || view === 'back') return '';
  const d = (x: number) =>
    `M${n(x)} ${n(rig.shoulderY - 6)}Q${n(x * 1.25)} ${n(rig.shoulderY + 50)} ${n(x * 1.1)} ${n(rig.hipY - 40)}`;
  const color = darken(pen.tone(look.backpack), 0.12);
  return view === 'front' ? outline(d(-36) + d(36), color, 12) : outline(d(-20), color, 12);
}
