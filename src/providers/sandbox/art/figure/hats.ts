import type { Color } from '../kit/color.ts';
import { darken, mix } from '../kit/color.ts';
import type { Pen } from '../kit/pen.ts';
import { at, cel, fill, group, outline } from '../kit/pen.ts';
import { ellipse, star } from '../kit/shapes.ts';
import type { HatKind, Look, View } from './types.ts';

type Draw = (pen: Pen, color: Color, view: View, look: Look) => string;

const chefHat: Draw = (pen, color) =>
  cel(
    pen,
    'M-72 -86C-132 -110 -120 -190 -62 -184C-50 -226 44 -232 58 -186C122 -194 132 -108 72 -86L70 -62Q0 -48 -70 -62Z',
    color,
    { depth: 9 },
  ) +
  cel(pen, 'M-74 -94Q0 -76 74 -94L76 -56Q0 -36 -76 -56Z', color, { depth: 6 }) +
  outline('M-36 -100Q-44 -130 -38 -150M0 -96V-150M36 -100Q44 -130 38 -150', mix(color, '#8a86b0', 0.5), 4);

const witchHat: Draw = (pen, color, _view, look) =>
  cel(pen, 'M-78 -84C-60 -150 -40 -230 30 -262C22 -236 40 -200 48 -176C66 -140 76 -110 78 -84Z', color) +
  cel(pen, 'M-74 -98Q0 -74 74 -98L80 -74Q0 -48 -80 -74Z', look.accent, { depth: 5 }) +
  cel(pen, 'M-150 -64C-100 -92 100 -92 150 -64C110 -34 -110 -34 -150 -64Z', color, { depth: 8 });

const strawHat: Draw = (pen, color, _view, look) =>
  cel(pen, 'M-84 -70C-86 -146 86 -146 84 -70Z', color) +
  cel(pen, 'M-86 -88Q0 -68 86 -88L88 -64Q0 -44 -88 -64Z', look.accent, { depth: 5 }) +
  cel(pen, 'M-152 -58C-96 -90 96 -90 152 -58C104 -30 -104 -30 -152 -58Z', color, { depth: 7 });

const cap: Draw = (pen, color, view) => {
  const peak =
    view === 'back'
      ? ''
      : cel(
          pen,
          view === 'front'
            ? 'M-66 -54Q0 -86 66 -54Q40 -30 0 -32Q-40 -30 -66 -54Z'
            : 'M10 -66Q90 -84 138 -46Q100 -32 60 -40Z',
          darken(color, 0.18),
          { depth: 5 },
        );
  return (
    cel(pen, 'M-98 -44C-104 -138 104 -138 98 -44Q0 -70 -98 -44Z', color) +
    peak +
    fill(ellipse(0, -118, 9, 6), darken(pen.tone(color), 0.2))
  );
};

const beret: Draw = (pen, color) =>
  cel(pen, 'M-100 -60C-130 -110 -70 -146 10 -138C90 -136 116 -90 92 -60Q0 -84 -100 -60Z', color) +
  outline('M0 -138L10 -154', darken(pen.tone(color), 0.3), 8);

const crown: Draw = (pen, color) =>
  cel(pen, 'M-60 -86L-66 -146L-30 -116L0 -156L30 -116L66 -146L60 -86Q0 -68 -60 -86Z', color, { depth: 6 }) +
  ['#e85d75', '#4fb3e8', '#e85d75'].map((jewel, i) => fill(ellipse((i - 1) * 32, -94, 8, 9), jewel)).join('');

const knightHelm: Draw = (pen, color, view, look) =>
  cel(pen, 'M10 -124C30 -190 100 -180 128 -120C100 -140 60 -130 30 -110Z', look.accent, { depth: 6 }) +
  cel(
    pen,
    view === 'back'
      ? 'M-104 60C-116 -60 -76 -130 0 -130C76 -130 116 -60 104 60Q0 90 -104 60Z'
      : 'M-106 56C-118 -60 -76 -130 0 -130C76 -130 118 -60 106 56L84 50C90 0 84 -40 66 -52Q0 -72 -66 -52C-84 -40 -90 0 -84 50Z',
    color,
  ) +
  (view === 'back' ? '' : outline('M0 -128V-66', darken(pen.tone(color), 0.25), 6));

const bubble: Draw = (pen, color, view) =>
  cel(pen, `M-100 66Q0 132 100 66L92 98Q0 140 -92 98Z`, color, { depth: 6 }) +
  fill(ellipse(0, -12, 136, 130), '#d8f1ff', view === 'back' ? 0.5 : 0.16) +
  outline(ellipse(0, -12, 136, 130), mix(pen.tone(color), '#6f86b0', 0.5), 6) +
  outline('M-104 -58Q-84 -106 -36 -122', '#ffffff', 10).replace('/>', ' opacity="0.85"/>');

const goggles: Draw = (pen, color, view) => {
  const band = cel(pen, 'M-104 -66Q0 -100 104 -66L104 -42Q0 -76 -104 -42Z', color, { depth: 3 });
  if (view === 'back') return band;
  const lens = (x: number) =>
    cel(pen, ellipse(x, -76, 34, 27), '#c99a4b', { depth: 4 }) +
    fill(ellipse(x, -76, 23, 17), '#bfe8f5') +
    outline(`M${x - 12} -80L${x - 2} -88`, '#ffffff', 5);
  return band + lens(-38) + lens(38);
};

const bow: Draw = (pen, color) =>
  at(
    52,
    -98,
    1,
    cel(pen, 'M0 0C-20 -36 -62 -40 -58 -6C-62 26 -20 28 0 0Z', color, { depth: 5 }) +
      cel(pen, 'M0 0C20 -36 62 -40 58 -6C62 26 20 28 0 0Z', color, { depth: 5 }) +
      cel(pen, ellipse(0, -3, 13, 14), color, { depth: 3 }),
  );

const flower: Draw = (pen, color) =>
  at(
    64,
    -82,
    1,
    Array.from({ length: 5 }, (_, i) =>
      group(`rotate(${i * 72})`, cel(pen, ellipse(0, -18, 13, 17), color, { depth: 3, line: 3 })),
    ).join('') + fill(ellipse(0, 0, 9), '#ffd95a'),
  );

const hood: Draw = (pen, color, view) =>
  view === 'back'
    ? cel(pen, 'M-118 86C-140 -60 -84 -150 0 -156C84 -150 140 -60 118 86Q0 120 -118 86Z', color)
    : cel(
        pen,
        'M-118 86C-140 -60 -84 -150 0 -156C84 -150 140 -60 118 86L92 84C104 -20 70 -86 0 -86C-70 -86 -104 -20 -92 84Z',
        color,
      );

const headband: Draw = (pen, color) => cel(pen, 'M-104 -52Q0 -92 104 -52L106 -28Q0 -66 -106 -28Z', color, { depth: 4 });

const pirate: Draw = (pen, color) =>
  cel(pen, 'M-136 -56C-110 -90 -96 -170 0 -160C96 -170 110 -90 136 -56Q0 -96 -136 -56Z', color) +
  fill(star(0, -112, 20), '#ffe9b0');

const hats: Record<HatKind, Draw> = {
  chef: chefHat,
  witch: witchHat,
  straw: strawHat,
  cap,
  beret,
  crown,
  helmet: knightHelm,
  bubble,
  goggles,
  bow,
  flower,
  hood,
  headband,
  pirate,
};

/** Small things sit between the ears of an animal, big ones above its brow; drawn around a head of radius 100. */
export function hat(pen: Pen, look: Look, view: View): string {
  if (!look.hat) return '';
  const lift = look.species === 'human' || look.hat.kind === 'bubble' ? 0 : 6;
  return at(view === 'side' ? -4 : 0, lift, 1, hats[look.hat.kind](pen, look.hat.color, view, look));
}
