import type { Color } from '../kit/color.ts';
import { darken, mix } from '../kit/color.ts';
import type { Pen } from '../kit/pen.ts';
import { cel, fill, n, outline } from '../kit/pen.ts';
import { box, ellipse, star } from '../kit/shapes.ts';
import type { Look, Rig, View } from './types.ts';

const widthOf = (view: View) => (view === 'side' ? 0.74 : view === 'quarter' ? 0.94 : 1);

/** Shoulders to hips; animals are pear-shaped. */
function torsoPath(rig: Rig, view: View, loose = 0): string {
  const k = widthOf(view);
  const s = (rig.shoulderX + loose * 0.3) * k;
  const h = (rig.hipX + loose) * k;
  const top = rig.shoulderY;
  const low = rig.hipY + 22;
  return `M${n(-s * 0.55)} ${n(top - 10)}Q${n(-s)} ${n(top - 6)} ${n(-s - 3)} ${n(top + 18)}C${n(-s - 4)} ${n(top + 60)} ${n(-h)} ${n(low - 70)} ${n(-h)} ${n(low - 26)}Q${n(-h)} ${n(low)} ${n(-h * 0.6)} ${n(low + 4)}Q0 ${n(low + 12)} ${n(h * 0.6)} ${n(low + 4)}Q${n(h)} ${n(low)} ${n(h)} ${n(low - 26)}C${n(h)} ${n(low - 70)} ${n(s + 4)} ${n(top + 60)} ${n(s + 3)} ${n(top + 18)}Q${n(s)} ${n(top - 6)} ${n(s * 0.55)} ${n(top - 10)}Q0 ${n(top + 4)} ${n(-s * 0.55)} ${n(top - 10)}Z`;
}

/** A bell from the waist down: skirts, dresses, coats and robes. */
function bell(rig: Rig, view: View, length: number, flare: number): string {
  const k = widthOf(view);
  const waist = rig.hipY - (rig.hipY - rig.shoulderY) * 0.34;
  const top = rig.hipX * 0.86 * k;
  const low = (rig.hipX + flare) * k;
  const end = rig.hipY + length;
  return `M${n(-top)} ${n(waist)}C${n(-top - 6)} ${n(rig.hipY)} ${n(-low)} ${n(end - 40)} ${n(-low)} ${n(end)}Q${n(-low * 0.5)} ${n(end + 16)} 0 ${n(end + 12)}Q${n(low * 0.5)} ${n(end + 16)} ${n(low)} ${n(end)}C${n(low)} ${n(end - 40)} ${n(top + 6)} ${n(rig.hipY)} ${n(top)} ${n(waist)}Z`;
}

function folds(pen: Pen, rig: Rig, color: Color, length: number): string {
  const end = rig.hipY + length;
  const d = [-0.5, 0, 0.5]
    .map((k) => `M${n(rig.hipX * k)} ${n(rig.hipY + 4)}L${n(rig.hipX * k * 1.7)} ${n(end)}`)
    .join('');
  return outline(d, mix(pen.tone(color), '#3a2a50', 0.3), 3);
}

const legLength = (rig: Rig) => rig.leg[0] + rig.leg[1];

/** What hangs over the legs. */
export function lowerGarment(pen: Pen, look: Look, rig: Rig, view: View, sitting: boolean): string {
  const total = legLength(rig) * (sitting ? 0.3 : 1);
  const lengths: Partial<Record<Look['top'], [number, number]>> = {
    dress: [total * 0.5, 42],
    robe: [total * 0.84, 36],
    coat: [total * 0.52, 24],
    kimono: [total * 0.8, 14],
  };
  const own = lengths[look.top];
  if (own)
    return cel(pen, bell(rig, view, own[0], own[1]), look.topColor, {
      inside: folds(pen, rig, look.topColor, own[0]) + hem(pen, look, rig, own[0]),
    });
  if (look.bottom !== 'skirt' || look.top === 'spacesuit' || look.top === 'armor') return '';
  return cel(pen, bell(rig, view, total * 0.36, 34), look.bottomColor, {
    inside: folds(pen, rig, look.bottomColor, total * 0.36),
  });
}

function hem(pen: Pen, look: Look, rig: Rig, length: number): string {
  const y = rig.hipY + length - 12;
  return `<path d="M-300 ${n(y)}Q0 ${n(y + 16)} 300 ${n(y)}" fill="none" stroke="${pen.tone(look.accent)}" stroke-width="9"/>`;
}

const buttons = (rig: Rig, x: number, color: Color) =>
  [0.3, 0.52, 0.74].map((k) => fill(ellipse(x, rig.shoulderY + (rig.hipY - rig.shoulderY) * k, 5), color)).join('');

type Detail = (pen: Pen, look: Look, rig: Rig, x: number) => string;

const collar = (pen: Pen, rig: Rig, x: number, color: Color) => {
  const y = rig.shoulderY - 8;
  return cel(
    pen,
    `M${n(x - 34)} ${n(y)}L${n(x)} ${n(y + 34)}L${n(x - 16)} ${n(y + 46)}L${n(x - 44)} ${n(y + 16)}ZM${n(x + 34)} ${n(y)}L${n(x)} ${n(y + 34)}L${n(x + 16)} ${n(y + 46)}L${n(x + 44)} ${n(y + 16)}Z`,
    color,
    { depth: 3, line: 3 },
  );
};

const zip: Detail = (pen, look, rig, x) =>
  outline(`M${n(x)} ${n(rig.shoulderY)}L${n(x)} ${n(rig.hipY + 22)}`, darken(pen.tone(look.topColor), 0.35), 4);
const pocket: Detail = (pen, look, rig, x) =>
  cel(
    pen,
    `M${n(x - 30)} ${n(rig.hipY - 36)}L${n(x + 30)} ${n(rig.hipY - 36)}L${n(x + 38)} ${n(rig.hipY)}L${n(x - 38)} ${n(rig.hipY)}Z`,
    mix(look.topColor, '#ffffff', 0.1),
    { depth: 4, line: 3 },
  );

const details: Record<Look['top'], Detail> = {
  none: () => '',
  shirt: (pen, look, rig, x) =>
    cel(pen, star(x, (rig.shoulderY + rig.hipY) / 2, 17), look.accent, { depth: 0, line: 0 }),
  sweater: (pen, look, rig) =>
    [0.35, 0.55]
      .map(
        (k) =>
          `<path d="M-200 ${n(rig.shoulderY + (rig.hipY - rig.shoulderY) * k)}H200" stroke="${pen.tone(look.accent)}" stroke-width="12"/>`,
      )
      .join(''),
  hoodie: (pen, look, rig, x) =>
    pocket(pen, look, rig, x) +
    outline(`M${n(x - 12)} ${n(rig.shoulderY + 8)}v34M${n(x + 12)} ${n(rig.shoulderY + 8)}v34`, '#fff7ea', 4),
  jacket: (pen, look, rig, x) =>
    fill(
      `M${n(x - 15)} ${n(rig.shoulderY - 20)}h30l-4 ${n(rig.hipY - rig.shoulderY + 60)}h-22Z`,
      pen.tone(mix(look.accent, '#ffffff', 0.55)),
    ) +
    zip(pen, look, rig, x - 16) +
    zip(pen, look, rig, x + 14) +
    collar(pen, rig, x, look.topColor),
  coat: (pen, look, rig, x) =>
    zip(pen, look, rig, x) +
    buttons(rig, x + 16, look.accent) +
    collar(pen, rig, x, mix(look.topColor, '#ffffff', 0.14)),
  dress: (pen, _look, rig, x) => collar(pen, rig, x, '#fff6ee'),
  robe: (pen, look, rig, x) =>
    outline(
      `M${n(x - 36)} ${n(rig.shoulderY - 8)}L${n(x)} ${n(rig.shoulderY + 60)}L${n(x + 36)} ${n(rig.shoulderY - 8)}`,
      pen.tone(look.accent),
      10,
    ),
  chef: (pen, look, rig, x) =>
    buttons(rig, x - 18, look.accent) +
    buttons(rig, x + 18, look.accent) +
    cel(
      pen,
      `M${n(x - 34)} ${n(rig.shoulderY - 10)}L${n(x)} ${n(rig.shoulderY + 28)}L${n(x + 34)} ${n(rig.shoulderY - 10)}L${n(x)} ${n(rig.shoulderY + 6)}Z`,
      look.accent,
      { depth: 3, line: 3 },
    ),
  armor: (pen, look, rig, x) =>
    outline(`M${n(x)} ${n(rig.shoulderY)}V${n(rig.hipY)}`, darken(pen.tone(look.topColor), 0.25), 4) +
    fill(star(x, rig.shoulderY + 50, 20, 0.4, 4), pen.tone(look.accent)),
  spacesuit: (pen, look, rig, x) =>
    cel(pen, box(x - 28, rig.shoulderY + 40, 56, 40, 8), mix(look.topColor, '#7d8fb0', 0.3), { depth: 4, line: 3 }) +
    fill(ellipse(x - 12, rig.shoulderY + 60, 6), '#ff6b6b') +
    fill(ellipse(x + 10, rig.shoulderY + 60, 6), '#5fd38d'),
  kimono: (pen, look, rig, x) =>
    `${outline(
      `M${n(x - 34)} ${n(rig.shoulderY - 8)}L${n(x + 8)} ${n(rig.shoulderY + 66)}M${n(x + 34)} ${n(rig.shoulderY - 8)}L${n(x - 18)} ${n(rig.shoulderY + 66)}`,
      pen.tone('#fff6ee'),
      9,
    )}<path d="M-200 ${n(rig.hipY - 46)}H200" stroke="${pen.tone(look.accent)}" stroke-width="40"/>`,
  uniform: (pen, look, rig, x) =>
    collar(pen, rig, x, '#2f4a80') +
    cel(pen, `M${n(x)} ${n(rig.shoulderY + 30)}l-22 26l14 4l-4 26l12 -14l12 14l-4 -26l14 -4Z`, look.accent, {
      depth: 3,
      line: 3,
    }),
  overalls: (pen, look, rig, x) =>
    fill(`M-200 ${n(rig.shoulderY - 30)}H200V${n(rig.shoulderY + 44)}H-200Z`, pen.tone(look.accent)) +
    outline(
      `M${n(x - 26)} ${n(rig.shoulderY - 12)}V${n(rig.shoulderY + 56)}M${n(x + 26)} ${n(rig.shoulderY - 12)}V${n(rig.shoulderY + 56)}`,
      pen.tone(look.topColor),
      13,
    ) +
    fill(ellipse(x - 26, rig.shoulderY + 54, 6), '#ffd95a') +
    fill(ellipse(x + 26, rig.shoulderY + 54, 6), '#ffd95a'),
};

/** The upper body with what it wears, or the bare belly of an animal. */
export function torso(pen: Pen, look: Look, rig: Rig, view: View): string {
  const x = view === 'quarter' ? rig.shoulderX * 0.26 : view === 'side' ? rig.shoulderX * 0.55 : 0;
  const dressed = look.top !== 'none';
  const color = dressed ? look.topColor : look.species === 'human' ? look.skin : look.fur;
  const loose = dressed && look.species !== 'human' ? 5 : 0;
  const belly = fill(
    ellipse(x * 1.2, rig.hipY - 8, rig.hipX * 0.68, (rig.hipY - rig.shoulderY) * 0.52),
    pen.tone(look.belly),
  );
  const front = dressed ? details[look.top](pen, look, rig, x) : belly;
  return cel(pen, torsoPath(rig, view, loose), color, { depth: 10, inside: view === 'back' ? '' : front });
}

export function apron(pen: Pen, look: Look, rig: Rig, view: View): string {
  if (!look.apron || view === 'back') return '';
  const x = view === 'quarter' ? 10 : view === 'side' ? 22 : 0;
  const k = widthOf(view) * rig.hipX * 0.86;
  const low = rig.hipY + legLength(rig) * 0.34;
  return (
    cel(
      pen,
      `M${n(x - k * 0.6)} ${n(rig.shoulderY + 34)}H${n(x + k * 0.6)}L${n(x + k)} ${n(rig.hipY - 24)}Q${n(x + k * 1.15)} ${n(low)} ${n(x + k * 0.9)} ${n(low)}Q${n(x)} ${n(low + 14)} ${n(x - k * 0.9)} ${n(low)}Q${n(x - k * 1.15)} ${n(low)} ${n(x - k)} ${n(rig.hipY - 24)}Z`,
      look.apron,
      { depth: 6 },
    ) +
    outline(`M${n(x - k * 0.5)} ${n(rig.hipY - 4)}q${n(k * 0.5)} 14 ${n(k)} 0`, darken(pen.tone(look.apron), 0.25), 3)
  );
}
