import { mix } from '../kit/color.ts';
import type { Pen } from '../kit/pen.ts';
import { cel, fill, group, n } from '../kit/pen.ts';
import { ellipse } from '../kit/shapes.ts';
import type { Look, Species } from './types.ts';

/** An ear drawn upright at the right of a head of radius 100, and what shows inside it. */
interface Ear {
  outer: string;
  inner: string;
}

const pointed: Ear = {
  outer: 'M26 -84C40 -130 62 -152 84 -158C100 -130 104 -90 94 -44Z',
  inner: 'M50 -88C58 -116 70 -130 80 -136C88 -112 90 -86 84 -62Z',
};
const tall: Ear = {
  outer: 'M22 -80C36 -140 62 -176 90 -186C106 -140 108 -90 94 -40Z',
  inner: 'M50 -92C58 -128 72 -152 84 -160C92 -124 92 -92 84 -62Z',
};
const floppy: Ear = { outer: 'M44 -86C84 -112 122 -84 124 -30C126 20 112 56 92 54C72 50 74 -10 60 -40Z', inner: '' };
const long: Ear = {
  outer: 'M14 -84C6 -170 24 -236 52 -238C84 -236 86 -160 66 -76Z',
  inner: 'M32 -96C26 -160 38 -212 52 -214C68 -210 68 -150 54 -92Z',
};
const round: Ear = { outer: ellipse(70, -84, 38, 38), inner: ellipse(72, -82, 20, 20) };
const big: Ear = { outer: ellipse(92, -78, 54, 54), inner: ellipse(94, -76, 36, 36) };
const side: Ear = {
  outer: 'M80 -50C110 -74 144 -70 150 -50C140 -22 110 -14 84 -22Z',
  inner: 'M96 -46C114 -60 134 -58 138 -48C130 -32 112 -28 96 -32Z',
};
const fin: Ear = {
  outer: 'M92 -34C126 -70 166 -84 184 -62C170 -48 182 -34 176 -18C188 0 170 18 150 14C124 20 104 16 90 4Z',
  inner: '',
};
const tufted: Ear = { outer: 'M30 -86C44 -110 74 -150 98 -160C100 -120 96 -80 84 -50Z', inner: '' };

const ears: Partial<Record<Species, Ear>> = {
  cat: pointed,
  tiger: round,
  lion: round,
  fox: tall,
  wolf: tall,
  dog: floppy,
  rabbit: long,
  bear: round,
  panda: round,
  mouse: big,
  deer: side,
  squirrel: pointed,
  pig: pointed,
  sheep: side,
  monkey: { outer: ellipse(104, -4, 34, 38), inner: ellipse(104, -2, 20, 24) },
  owl: tufted,
  fish: fin,
};

const innerColor = (look: Look) => (look.species === 'fox' ? '#fff3e2' : mix(look.belly, '#ff9fa8', 0.6));

function oneEar(pen: Pen, look: Look, ear: Ear, showInside: boolean): string {
  const color =
    look.species === 'panda'
      ? '#3a3440'
      : look.pattern === 'mask' && look.species === 'dog'
        ? mix(look.fur, '#5a3a28', 0.5)
        : look.fur;
  const inside = showInside && ear.inner ? fill(ear.inner, pen.tone(innerColor(look))) : '';
  return cel(pen, ear.outer, color, { depth: 6, inside });
}

/** Both ears; `turn` moves them around the head, from behind their insides do not show. */
export function animalEars(pen: Pen, look: Look, turn: number, back: boolean): string {
  const ear = ears[look.species];
  if (!ear) return '';
  const squeeze = 1 - 0.22 * Math.abs(turn);
  const right = group(`translate(${n(-14 * turn)} 0) scale(${squeeze.toFixed(3)} 1)`, oneEar(pen, look, ear, !back));
  const left = group(`translate(${n(-22 * turn)} 0) scale(-1 1)`, oneEar(pen, look, ear, !back));
  return left + right;
}

function antlers(pen: Pen): string {
  const one =
    'M30 -84C34 -120 30 -150 44 -184C50 -178 50 -160 48 -148C60 -156 66 -170 72 -182C80 -170 72 -146 50 -128C48 -112 48 -98 46 -84Z';
  return cel(pen, one, '#b98a5c', { depth: 4 }) + group('scale(-1 1)', cel(pen, one, '#b98a5c', { depth: 4 }));
}

function horns(pen: Pen): string {
  const one = 'M36 -82C44 -120 62 -144 92 -156C92 -124 88 -100 74 -66Z';
  return cel(pen, one, '#f3e3b4', { depth: 5 }) + group('scale(-1 1)', cel(pen, one, '#f3e3b4', { depth: 5 }));
}

function crest(pen: Pen, look: Look): string {
  return cel(pen, 'M-14 -92C-30 -128 -14 -140 -8 -118C-6 -150 16 -150 10 -118C22 -136 36 -126 16 -92Z', look.fur, {
    depth: 4,
  });
}

function dorsalFin(pen: Pen, look: Look): string {
  return cel(
    pen,
    'M-58 -78C-62 -128 -26 -164 22 -168C14 -150 26 -146 34 -150C34 -128 48 -120 56 -80Z',
    mix(look.fur, '#c93f2f', 0.35),
    {
      depth: 6,
    },
  );
}

function mane(pen: Pen, look: Look): string {
  const petals = Array.from({ length: 13 }, (_, i) => {
    const angle = (i / 13) * Math.PI * 2;
    return cel(pen, ellipse(98 * Math.cos(angle), 92 * Math.sin(angle) - 4, 46, 46), mix(look.fur, '#8a3f18', 0.55), {
      depth: 6,
    });
  });
  return petals.join('');
}

function wool(pen: Pen): string {
  return [-60, -22, 20, 58]
    .map((x, i) => cel(pen, ellipse(x, -84 - (i % 3 === 0 ? 0 : 20), 38, 34), '#fff8ef', { depth: 6 }))
    .join('');
}

/** What stands behind the head besides ears. */
export function behindHead(pen: Pen, look: Look): string {
  const extras: Partial<Record<Species, () => string>> = {
    lion: () => mane(pen, look),
    deer: () => antlers(pen),
    dragon: () => horns(pen),
    bird: () => crest(pen, look),
    fish: () => dorsalFin(pen, look),
  };
  return extras[look.species]?.() ?? '';
}

export const overHead = (pen: Pen, look: Look): string => (look.species === 'sheep' ? wool(pen) : '');
