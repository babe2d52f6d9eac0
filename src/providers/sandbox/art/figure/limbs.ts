import type { Color } from '../kit/color.ts';
import { lineOf, mix, shadeOf } from '../kit/color.ts';
import type { Pen } from '../kit/pen.ts';
import { cel, group, n } from '../kit/pen.ts';
import type { Point } from '../kit/shapes.ts';
import { ellipse } from '../kit/shapes.ts';
import type { Joints } from './poses.ts';
import type { Look, Rig, View } from './types.ts';

type Bones = readonly [Point, Point, Point];

const stroke = (d: string, color: Color, width: number, cap = 'round') =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="${n(width)}" stroke-linecap="${cap}" stroke-linejoin="round"/>`;

/** A round tube along the bones, in two tones with an outline. */
function tube(pen: Pen, [a, b, c]: Bones, width: number, color: Color, share: number, cap = 'round'): string {
  const end: Point =
    share >= 1
      ? c
      : share <= 0.5
        ? b
        : [b[0] + (c[0] - b[0]) * (share * 2 - 1), b[1] + (c[1] - b[1]) * (share * 2 - 1)];
  const d =
    share <= 0.5
      ? `M${n(a[0])} ${n(a[1])}L${n(a[0] + (b[0] - a[0]) * share * 2)} ${n(a[1] + (b[1] - a[1]) * share * 2)}`
      : `M${n(a[0])} ${n(a[1])}Q${n(b[0])} ${n(b[1])} ${n(end[0])} ${n(end[1])}`;
  const tone = pen.tone(color);
  const lit = group(`translate(${n(-width * 0.1 * pen.flip)} ${n(-width * 0.08)})`, stroke(d, tone, width * 0.74, cap));
  return stroke(d, lineOf(tone), width + 7, cap) + stroke(d, shadeOf(tone), width, cap) + lit;
}

export interface LimbStyle {
  bare: Color;
  cover?: Color;
  /** Share of the limb that is covered, from its root. */
  covered: number;
  end: Color;
  cuff?: Color;
}

export function arm(pen: Pen, rig: Rig, bones: Bones, style: LimbStyle): string {
  const [hx, hy] = bones[2];
  const hand = cel(pen, ellipse(hx, hy, rig.armWidth * 0.6, rig.armWidth * 0.58), style.end, { depth: 3 });
  const sleeve = style.cover ? tube(pen, bones, rig.armWidth + 8, style.cover, style.covered) : '';
  const skin = style.cover && style.covered >= 0.9 ? '' : tube(pen, bones, rig.armWidth, style.bare, 1);
  return skin + hand + sleeve;
}

/** A shoe or paw that points where the figure looks. */
function foot(pen: Pen, rig: Rig, [x, y]: Point, view: View, color: Color, side: number, sitting: boolean): string {
  const w = rig.legWidth * 0.66;
  if (sitting && view === 'front')
    return (
      cel(pen, ellipse(x, y, w * 0.95, w * 1.1), color, { depth: 4 }) +
      cel(pen, ellipse(x, y + 4, w * 0.5, w * 0.6), mix(color, '#ffe3d6', 0.5), { depth: 0, line: 0 })
    );
  const forward = view === 'side' ? 1 : view === 'quarter' ? 0.7 : 0.12 * side;
  const top = view === 'back' ? y - w * 0.4 : y - w * 0.5;
  return cel(
    pen,
    `M${n(x - w * 0.8)} ${n(top)}C${n(x - w)} ${n(y + w * 0.7)} ${n(x - w)} ${n(y + w * 0.6)} ${n(x - w * 0.7)} ${n(y + 14)}L${n(x + w * (0.75 + forward * 0.7))} ${n(y + 14)}C${n(x + w * (1.1 + forward))} ${n(y + 6)} ${n(x + w * (0.8 + forward * 0.5))} ${n(y - w * 0.4)} ${n(x + w * 0.7)} ${n(top)}Z`,
    color,
    { depth: 5 },
  );
}

export function leg(pen: Pen, rig: Rig, bones: Bones, view: View, style: LimbStyle, side: number): string {
  const sitting = bones[2][1] - bones[0][1] < rig.leg[0] * 0.75;
  const shoe = foot(pen, rig, bones[2], view, style.end, side, sitting);
  const skin = style.cover && style.covered >= 0.9 ? '' : tube(pen, bones, rig.legWidth * 0.82, style.bare, 0.88);
  const trouser = style.cover
    ? tube(pen, bones, rig.legWidth, style.cover, style.covered, style.covered < 0.6 ? 'butt' : 'round')
    : '';
  return skin + (sitting && view === 'front' ? trouser + shoe : shoe + trouser);
}

const bareLimb = (look: Look): Color => {
  if (look.species === 'human') return look.skin;
  return look.species === 'panda' ? '#3a3440' : look.fur;
};

const longSleeves = ['hoodie', 'jacket', 'coat', 'robe', 'chef', 'armor', 'spacesuit', 'kimono', 'uniform', 'sweater'];
const fullyLegged = ['spacesuit', 'armor', 'overalls'];

export function armStyle(look: Look): LimbStyle {
  const bare = bareLimb(look);
  const gloved = look.top === 'spacesuit' || look.top === 'armor';
  const end = gloved
    ? mix(look.topColor, look.accent, 0.5)
    : look.species === 'human'
      ? look.skin
      : look.pattern === 'mask'
        ? look.belly
        : bare;
  if (look.top === 'none') return { bare, covered: 0, end };
  const cover = look.top === 'overalls' ? look.accent : look.topColor;
  return { bare, cover, covered: longSleeves.includes(look.top) ? 0.94 : 0.42, end };
}

export function legStyle(look: Look): LimbStyle {
  const bare = bareLimb(look);
  const booted = look.species === 'human' || look.top === 'spacesuit' || look.top === 'armor';
  const end = booted ? look.shoes : look.pattern === 'mask' ? look.belly : bare;
  if (fullyLegged.includes(look.top)) return { bare, cover: look.topColor, covered: 0.96, end };
  if (look.species !== 'human' || look.bottom === 'none' || look.bottom === 'skirt') return { bare, covered: 0, end };
  return { bare, cover: look.bottomColor, covered: look.bottom === 'pants' ? 0.94 : 0.46, end };
}

export type { Joints };
