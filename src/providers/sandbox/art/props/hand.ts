import type { PropName } from '../../words/props.ts';
import { darken } from '../kit/color.ts';
import type { Pen } from '../kit/pen.ts';
import { cel, fill, glow, outline } from '../kit/pen.ts';
import { box, ellipse, star } from '../kit/shapes.ts';

type Draw = (pen: Pen) => string;

const wood = '#9a6844';
const stick = (pen: Pen, d: string, width = 9) =>
  outline(d, darken(pen.tone(wood), 0.35), width + 5) + outline(d, pen.tone(wood), width);

const lantern: Draw = (pen) =>
  glow(pen, 0, 62, 150, '#ffc95a', 0.75) +
  outline('M-16 22Q0 -8 16 22', pen.tone('#5a4a3c'), 5) +
  cel(pen, box(-26, 30, 52, 60, 14), '#ffe08a', { depth: 4 }) +
  cel(pen, box(-30, 18, 60, 16, 6), '#6f4630', { depth: 3 }) +
  cel(pen, box(-30, 86, 60, 14, 6), '#6f4630', { depth: 3 });

const umbrella: Draw = (pen) =>
  stick(pen, 'M0 20L30 -190') +
  cel(
    pen,
    'M-130 -150C-110 -270 170 -300 190 -190Q160 -210 138 -182Q112 -206 84 -176Q56 -200 24 -166Q-4 -188 -34 -156Q-60 -176 -82 -148Q-106 -168 -130 -150Z',
    '#e8604f',
    { depth: 12, inside: outline('M30 -270L-34 -156M34 -270L24 -166M36 -270L84 -176M40 -270L138 -182', '#b8433a', 4) },
  );

const map: Draw = (pen) =>
  cel(pen, 'M-40 -40L-10 -30L20 -42L52 -32V40L22 30L-8 42L-40 32Z', '#f6e2b0', { depth: 5 }) +
  outline('M-26 10Q-6 -20 12 2T40 -8', '#c9564e', 5) +
  outline('M34 10l14 14M48 10l-14 14', '#c9564e', 5);

const letter: Draw = (pen) =>
  cel(pen, box(-34, -24, 68, 46, 5), '#fff8ea', { depth: 4 }) +
  outline('M-34 -20L0 8L34 -20', '#b99a7a', 4) +
  fill(ellipse(0, 8, 8), '#d9524a');

const book: Draw = (pen) =>
  cel(pen, 'M0 -30Q-30 -46 -54 -34V34Q-28 22 0 36Q28 22 54 34V-34Q30 -46 0 -30Z', '#fff8ea', { depth: 5 }) +
  outline('M0 -30V36M-40 -18h26M-40 -4h26M14 -18h26M14 -4h26', '#b99a7a', 4);

const balloon: Draw = (pen) =>
  outline('M0 6Q14 -60 24 -110', '#8a7a84', 4) +
  cel(pen, ellipse(28, -170, 50, 60), '#f2607a', {
    depth: 10,
    inside: fill(ellipse(8, -196, 13, 20), '#ffffff', 0.7),
  }) +
  cel(pen, 'M18 -108L28 -120L38 -106Z', '#f2607a', { depth: 2 });

const star_: Draw = (pen) =>
  glow(pen, 0, -16, 120, '#ffe78a', 0.85) + cel(pen, star(0, -16, 42, 0.5), '#ffe05a', { depth: 5 });

const fish: Draw = (pen) =>
  cel(pen, 'M-44 0C-30 -34 20 -34 36 -4L62 -26V24L36 4C20 32 -30 30 -44 0Z', '#6fb4d9', { depth: 6 }) +
  fill(ellipse(-24, -5, 6), '#2c2a3a') +
  outline('M-8 -18Q0 0 -8 18', '#3f7fa8', 4);

const cake: Draw = (pen) =>
  cel(pen, box(-46, -22, 92, 48, 10), '#fff0dc', {
    depth: 6,
    inside: fill('M-46 -22h92v14q-12 16 -24 2q-12 16 -24 0q-12 16 -22 0q-12 14 -22 -2Z', '#f59ab4'),
  }) +
  fill(ellipse(-22, -30, 9) + ellipse(2, -32, 9) + ellipse(26, -30, 9), '#e0524a') +
  outline('M2 -40V-60', '#8fc0e8', 6) +
  fill(ellipse(2, -68, 6, 9), '#ffc95a');

const soup: Draw = (pen) =>
  outline('M-20 -46q-10 -20 0 -38t0 -36M16 -46q-10 -20 0 -38t0 -36', '#ffffff', 8).replace('/>', ' opacity="0.75"/>') +
  cel(pen, 'M-56 -22H56Q52 36 0 38Q-52 36 -56 -22Z', '#e8604f', {
    depth: 8,
    inside: outline('M-60 4H60', '#fff4e0', 6),
  }) +
  cel(pen, ellipse(0, -22, 56, 15), '#f7c66a', { depth: 3 }) +
  fill(ellipse(-16, -24, 12, 6), '#6fb05a') +
  fill(ellipse(20, -22, 15, 7), '#fff4e0');

const sword: Draw = (pen) =>
  cel(pen, 'M-8 -20L-9 -170L0 -196L9 -170L8 -20Z', '#dfe6f2', { depth: 4 }) +
  cel(pen, box(-34, -24, 68, 14, 6), '#e0b04a', { depth: 3 }) +
  cel(pen, box(-8, -12, 16, 44, 6), '#8a4a3c', { depth: 3 });

const key: Draw = (pen) =>
  glow(pen, 0, -30, 80, '#ffe78a', 0.6) +
  outline('M0 -8V60M0 44h20M0 58h16', '#8a6420', 15) +
  outline('M0 -8V60M0 44h20M0 58h16', '#f0c040', 9) +
  outline(ellipse(0, -28, 20), '#8a6420', 15) +
  outline(ellipse(0, -28, 20), '#f0c040', 9);

const flower: Draw = (pen) =>
  outline('M0 30L0 -40M-14 30L-22 -26M14 30L24 -26', pen.tone('#4f9a4f'), 6) +
  [
    [0, -52, '#f2607a'],
    [-26, -36, '#ffd95a'],
    [28, -36, '#b98ae8'],
  ]
    .map(
      ([x, y, color]) =>
        Array.from({ length: 6 }, (_, i) =>
          fill(
            ellipse(Number(x) + Math.cos(i * 1.047) * 15, Number(y) + Math.sin(i * 1.047) * 15, 11),
            pen.tone(String(color)),
          ),
        ).join('') + fill(ellipse(Number(x), Number(y), 9), '#fff4b0'),
    )
    .join('') +
  cel(pen, 'M-26 8L26 8L14 44H-14Z', '#fff4e6', { depth: 4 });

const telescope: Draw = (pen) =>
  cel(pen, 'M-20 14L70 -62L90 -38L-8 30Z', '#c9974a', { depth: 5 }) +
  cel(pen, 'M64 -66L92 -90L118 -58L92 -34Z', '#8a5f45', { depth: 5 });
const crystal: Draw = (pen) =>
  glow(pen, 0, -20, 120, '#9fe6ff', 0.85) +
  cel(pen, 'M0 -74L28 -36L18 26L0 40L-18 26L-28 -36Z', '#8fe0f4', {
    depth: 5,
    inside: fill('M0 -74L6 -30L0 40L-18 26L-28 -36Z', '#ffffff', 0.35),
  });
const bottle: Draw = (pen) =>
  cel(pen, 'M-12 -54H12V-30Q34 -16 34 14Q34 44 0 44Q-34 44 -34 14Q-34 -16 -12 -30Z', '#a9dcea', {
    depth: 6,
    inside: fill('M-40 0H40V50H-40Z', '#7fd08a', 0.8),
  }) + cel(pen, box(-14, -70, 28, 20, 5), '#b98a5f', { depth: 3 });
const candle: Draw = (pen) =>
  glow(pen, 0, -64, 120, '#ffd98a', 0.8) +
  cel(pen, box(-14, -40, 28, 72, 6), '#fff8ea', { depth: 4 }) +
  fill('M0 -86Q16 -62 0 -48Q-16 -62 0 -86Z', '#ffb03d');
const clock: Draw = (pen) =>
  outline('M0 -44Q20 -80 50 -70', '#c99a3f', 5) +
  cel(pen, ellipse(0, 0, 42), '#e8c05a', { depth: 5 }) +
  fill(ellipse(0, 0, 31), '#fffaf0') +
  outline('M0 0V-20M0 0L14 8', '#5a4a54', 5);
const gift: Draw = (pen) =>
  cel(pen, box(-40, -30, 80, 66, 8), '#6fb4e0', { depth: 7, inside: fill('M-9 -40h18v90h-18Z', '#ffe08a') }) +
  cel(pen, 'M0 -32C-14 -60 -44 -56 -36 -34ZM0 -32C14 -60 44 -56 36 -34Z', '#ffe08a', { depth: 3 });
const guitar: Draw = (pen) =>
  `<g transform="rotate(-38)">${cel(pen, box(-8, -150, 16, 120, 4), '#8a5a44', { depth: 3 })}${cel(pen, box(-15, -176, 30, 32, 6), '#6f4630', { depth: 3 })}${cel(pen, 'M0 -40C30 -44 44 -14 28 8C54 20 60 76 0 80C-60 76 -54 20 -28 8C-44 -14 -30 -44 0 -40Z', '#e0a050', { depth: 8 })}${fill(ellipse(0, 22, 14), '#5a3a2c')}</g>`;
const violin: Draw = (pen) => `<g transform="rotate(40) scale(0.8)">${guitar(pen)}</g>`;
const camera: Draw = (pen) =>
  cel(pen, box(-46, -26, 92, 60, 12), '#5a5468', { depth: 6 }) +
  cel(pen, ellipse(0, 6, 24), '#8fb8d0', { depth: 5 }) +
  cel(pen, box(-14, -42, 28, 18, 5), '#6f6880', { depth: 3 });
const paperBoat: Draw = (pen) =>
  cel(pen, 'M-60 0L-30 34H30L60 0L24 6L0 -44L-24 6Z', '#fffdf8', { depth: 6 }) +
  outline('M-24 6Q0 14 24 6', '#b8b4c8', 3);
const teacup: Draw = (pen) =>
  outline('M-8 -38q-8 -14 0 -26M10 -38q-8 -14 0 -26', '#ffffff', 6).replace('/>', ' opacity="0.75"/>') +
  outline('M30 -10q24 0 18 18q-6 12 -24 8', pen.tone('#e8e0d4'), 8) +
  cel(pen, 'M-32 -26H32Q32 28 0 28Q-32 28 -32 -26Z', '#fff8ee', { depth: 5 });
const apple: Draw = (pen) =>
  cel(pen, 'M0 -20C20 -40 52 -20 40 18C32 44 10 42 0 36C-10 42 -32 44 -40 18C-52 -20 -20 -40 0 -20Z', '#e0524a', {
    depth: 7,
  }) +
  outline('M0 -20Q4 -36 14 -42', '#6f4630', 5) +
  fill('M6 -34q20 -16 30 0q-16 12 -30 0Z', '#6fb05a');
const watermelon: Draw = (pen) =>
  cel(pen, 'M-54 -26A54 54 0 0 0 54 -26Z', '#4f9a52', { depth: 5 }) +
  fill('M-46 -26A46 46 0 0 0 46 -26Z', pen.tone('#f4f0d0')) +
  fill('M-40 -26A40 40 0 0 0 40 -26Z', pen.tone('#ee5a5f')) +
  [-22, -6, 10, 25].map((x, i) => fill(ellipse(x, -12 + (i % 2) * 12, 3, 5), '#3a2a30')).join('');
const bread: Draw = (pen) =>
  cel(pen, 'M-60 10C-66 -26 -30 -36 0 -36C30 -36 66 -26 60 10Q0 26 -60 10Z', '#e0a862', { depth: 7 }) +
  outline('M-26 -22l10 18M0 -24l10 20M26 -22l8 16', '#b97f3f', 5);
const wand: Draw = (pen) =>
  stick(pen, 'M0 24L22 -110') + glow(pen, 24, -120, 90, '#ffe9a0', 0.85) + fill(star(24, -122, 24, 0.4), '#ffe36a');
const trophy: Draw = (pen) =>
  glow(pen, 0, -20, 110, '#ffe78a', 0.5) +
  outline('M-34 -40q-30 0 -20 28q8 14 30 10M34 -40q30 0 20 28q-8 14 -30 10', '#e0b04a', 8) +
  cel(pen, 'M-36 -52H36Q34 14 0 16Q-34 14 -36 -52Z', '#f5c84f', { depth: 7 }) +
  cel(pen, 'M-8 14H8V34H24V46H-24V34H-8Z', '#d9a03f', { depth: 3 });
const ball: Draw = (pen) =>
  cel(pen, ellipse(0, 0, 40), '#fbfbff', {
    depth: 8,
    inside: fill('M0 -14L14 -4L8 14H-8L-14 -4ZM-40 -24L-22 -30L-20 -12L-38 -4ZM40 -24L22 -30L20 -12L38 -4Z', '#3f3c4a'),
  });

const inHand: Partial<Record<PropName, Draw>> = {
  lantern,
  umbrella,
  map,
  letter,
  book,
  balloon,
  star: star_,
  fish,
  cake,
  soup,
  sword,
  key,
  flower,
  telescope,
  crystal,
  bottle,
  candle,
  clock,
  gift,
  guitar,
  violin,
  camera,
  paperBoat,
  teacup,
  apple,
  watermelon,
  bread,
  wand,
  trophy,
  ball,
};

/** A small thing for a hand, around the palm at (0,0); undefined for what nobody can hold. */
export function heldProp(pen: Pen, name: PropName): string | undefined {
  return inHand[name]?.(pen);
}
