import { darken, mix } from '../kit/color.ts';
import type { Pen } from '../kit/pen.ts';
import { at, cel, fill, group, n, outline } from '../kit/pen.ts';
import { blob, ellipse } from '../kit/shapes.ts';
import { animalEars, behindHead, overHead } from './animalEars.ts';
import { brow, eye, tear } from './eyes.ts';
import { animalMouth } from './mouth.ts';
import type { Expression, Look, Species } from './types.ts';

const cheeky: readonly Species[] = ['cat', 'fox', 'wolf', 'tiger', 'squirrel', 'dog'];

/** A round head; the furry ones have tufts on their cheeks. */
function headPath(species: Species): string {
  if (cheeky.includes(species)) {
    return 'M0 -98C62 -98 104 -58 104 -2C106 14 118 26 124 38C112 42 104 42 98 42C102 52 106 60 104 68C84 84 44 92 0 92C-44 92 -84 84 -104 68C-106 60 -102 52 -98 42C-104 42 -112 42 -124 38C-118 26 -106 14 -104 -2C-104 -58 -62 -98 0 -98Z';
  }
  return 'M0 -98C64 -98 108 -56 110 4C112 62 66 94 0 94C-66 94 -112 62 -110 4C-108 -56 -64 -98 0 -98Z';
}

function muzzle(pen: Pen, look: Look, shift: number): string {
  const belly = pen.tone(look.belly);
  const shapes: Partial<Record<Species, string>> = {
    fox: fill(
      `M${n(shift)} 8C${n(50 + shift)} 16 104 16 126 38C96 96 30 98 ${n(shift)} 98C-30 98 -96 96 -126 38C-104 16 ${n(shift - 50)} 16 ${n(shift)} 8Z`,
      belly,
    ),
    wolf: fill(
      `M${n(shift)} 4C${n(46 + shift)} 16 96 20 120 40C96 96 30 98 ${n(shift)} 98C-30 98 -96 96 -120 40C-96 20 ${n(shift - 46)} 16 ${n(shift)} 4Z`,
      belly,
    ),
    penguin: fill(
      blob([
        [shift, -30],
        [50 + shift, -64],
        [88 + shift * 0.6, -10],
        [62 + shift, 70],
        [shift, 88],
        [shift - 62, 70],
        [shift * 0.6 - 88, -10],
        [shift - 50, -64],
      ]),
      belly,
    ),
    owl: fill(ellipse(shift - 44, 8, 46, 48), belly) + fill(ellipse(shift + 44, 8, 44, 48), belly),
    monkey: fill(
      blob([
        [shift, -36],
        [46 + shift, -56],
        [80 + shift, -14],
        [64 + shift, 66],
        [shift, 86],
        [shift - 64, 66],
        [shift - 80, -14],
        [shift - 46, -56],
      ]),
      belly,
    ),
    frog: fill(ellipse(shift, 66, 74, 28), belly, 0.8),
    pig:
      cel(pen, ellipse(shift * 1.4, 46, 30, 22), mix(look.fur, '#ff8fa0', 0.5), { depth: 4 }) +
      fill(ellipse(shift * 1.4 - 9, 46, 4, 7), '#9a4a5c') +
      fill(ellipse(shift * 1.4 + 9, 46, 4, 7), '#9a4a5c'),
    dragon:
      fill(ellipse(shift * 1.2, 56, 58, 32), belly, 0.85) +
      fill(ellipse(shift * 1.2 - 12, 40, 3, 5), '#5a3a3a') +
      fill(ellipse(shift * 1.2 + 12, 40, 3, 5), '#5a3a3a'),
  };
  return shapes[look.species] ?? fill(ellipse(shift * 1.25, 54, 46, 32), belly);
}

function stripes(pen: Pen, look: Look, shift: number): string {
  const dark = pen.tone(mix(look.fur, '#5a3320', 0.55));
  const forehead = [-26, 0, 26].map((x) =>
    fill(
      `M${n(x + shift - 8)} -96Q${n(x + shift)} -58 ${n(x * 0.8 + shift + 1)} -44Q${n(x + shift + 7)} -60 ${n(x + shift + 8)} -96Z`,
      dark,
    ),
  );
  const cheeks = [1, -1].map((s) =>
    group(`scale(${s} 1)`, fill('M110 8Q84 10 72 18Q88 22 112 22ZM104 40Q84 36 72 40Q86 48 102 54Z', dark)),
  );
  return [...forehead, ...cheeks].join('');
}

function markings(pen: Pen, look: Look, shift: number): string {
  if (look.species === 'panda') {
    return [-1, 1].map((s) => fill(ellipse(s * 44 + shift, 16, 32, 38), '#3a3440')).join('');
  }
  if (look.pattern === 'stripes') return stripes(pen, look, shift);
  if (look.pattern === 'patch')
    return fill(
      blob([
        [20 + shift, -20],
        [40 + shift, -70],
        [96, -60],
        [112, 0],
        [80 + shift, 44],
        [34 + shift, 40],
      ]),
      pen.tone(mix(look.fur, '#7a4526', 0.6)),
    );
  if (look.pattern === 'mask')
    return fill(
      `M${n(shift)} -98Q${n(26 + shift)} -50 ${n(22 + shift)} 30L${n(shift - 22)} 30Q${n(shift - 26)} -50 ${n(shift)} -98Z`,
      pen.tone(look.belly),
    );
  return '';
}

function nose(pen: Pen, look: Look, shift: number): string {
  const x = shift * 1.35;
  const beak = (color: string, w: number, h: number) =>
    cel(
      pen,
      `M${n(x - w)} 34Q${n(x)} 20 ${n(x + w)} 34Q${n(x + w * 0.4)} ${34 + h} ${n(x)} ${36 + h}Q${n(x - w * 0.4)} ${34 + h} ${n(x - w)} 34Z`,
      color,
      { depth: 3 },
    );
  if (look.species === 'bird' || look.species === 'owl' || look.species === 'penguin')
    return beak('#ffb13d', look.species === 'owl' ? 15 : 24, 24);
  if (
    look.species === 'pig' ||
    look.species === 'dragon' ||
    look.species === 'frog' ||
    look.species === 'turtle' ||
    look.species === 'fish'
  )
    return '';
  const pink =
    look.species === 'cat' || look.species === 'rabbit' || look.species === 'mouse' || look.species === 'sheep';
  const size =
    look.species === 'bear' || look.species === 'dog' || look.species === 'panda' || look.species === 'lion' ? 1.35 : 1;
  return at(
    x,
    40,
    size,
    fill('M-10 -5Q0 -10 10 -5Q8 4 0 7Q-8 4 -10 -5Z', pink ? '#e8808c' : '#43303a') +
      fill(ellipse(-3, -4, 3, 1.6), '#ffffff', 0.6),
  );
}

function whiskers(look: Look, shift: number): string {
  if (!['cat', 'tiger', 'mouse', 'lion', 'rabbit', 'squirrel'].includes(look.species)) return '';
  const color = mix(darken(look.fur, 0.5), '#ffffff', 0.1);
  return outline(
    `M${n(-72 + shift)} 54L-124 46M${n(-70 + shift)} 66L-120 72M${n(74 + shift)} 54L124 46M${n(72 + shift)} 66L120 72`,
    color,
    2.5,
  );
}

const strong: readonly Expression[] = ['determined', 'angry', 'sad', 'worried', 'surprised'];

function face(pen: Pen, look: Look, turn: number, expression: Expression): string {
  const shift = 34 * turn;
  const near = at(
    -46 + shift,
    10,
    1.12,
    group('scale(-1 1)', eye(pen, look.eyes, expression, 1)) + (expression === 'sad' ? tear() : ''),
  );
  const far = at(46 + shift * 0.9, 10, 1.12, eye(pen, look.eyes, expression, 1 - 0.3 * turn));
  const feeling = strong.includes(expression);
  const frown = (x: number, flip: number) =>
    feeling ? group(`translate(${n(x)} 6) scale(${flip} 1)`, brow(mix(look.fur, '#3a2430', 0.6), expression, 1)) : '';
  const blush = pen.tone(mix(look.belly, '#ff7f86', 0.65));
  const beaked = look.species === 'bird' || look.species === 'owl' || look.species === 'penguin';
  return (
    fill(ellipse(-74 + shift, 46, 16, 10), blush, 0.6) +
    fill(ellipse(72 + shift * 0.7, 46, 14, 10), blush, 0.6) +
    near +
    far +
    frown(-46 + shift, -1) +
    frown(46 + shift * 0.9, 1) +
    whiskers(look, shift) +
    nose(pen, look, shift) +
    (beaked ? '' : at(shift * 1.35, look.species === 'pig' ? 76 : 56, 1, animalMouth(expression))) +
    (look.glasses
      ? outline(ellipse(-46 + shift, 12, 34, 34) + ellipse(46 + shift * 0.9, 12, 34 - 8 * turn, 34), '#4b3a4a', 5)
      : '')
  );
}

function profileStripes(pen: Pen, look: Look): string {
  const dark = pen.tone(mix(look.fur, '#5a3320', 0.55));
  return outline(
    'M20 -92Q28 -70 24 -54M-8 -95Q-2 -72 -8 -52M-38 -88Q-34 -66 -42 -50M-96 24Q-70 26 -56 36M-92 52Q-70 48 -58 54',
    dark,
    9,
  );
}

function profileFace(pen: Pen, look: Look, expression: Expression): string {
  const beaked = look.species === 'bird' || look.species === 'owl' || look.species === 'penguin';
  const snout = beaked
    ? cel(pen, 'M92 22Q140 30 146 44Q120 54 90 54Z', '#ffb13d', { depth: 4 })
    : cel(pen, 'M64 22C90 22 112 36 114 50C114 70 90 84 50 80Z', look.species === 'panda' ? look.belly : look.belly, {
        depth: 5,
      }) +
      fill(ellipse(111, 43, 9, 7), look.species === 'cat' || look.species === 'rabbit' ? '#e8808c' : '#43303a') +
      outline('M106 62Q92 72 78 65', '#4a2a35', 4);
  const patch = look.species === 'panda' ? fill(ellipse(54, 12, 26, 34), '#3a3440') : '';
  const marks = look.pattern === 'stripes' ? profileStripes(pen, look) : '';
  return (
    marks +
    patch +
    snout +
    at(54, 6, 1.12, eye(pen, look.eyes, expression, 0.74)) +
    fill(ellipse(40, 48, 15, 9), pen.tone(mix(look.belly, '#ff7f86', 0.65)), 0.6)
  );
}

/** An animal's whole head around the middle of a head of radius 100. `turn` 0 front to 1 profile; `back` shows no face. */
export function animalHead(pen: Pen, look: Look, turn: number, expression: Expression, back: boolean): string {
  const ears = animalEars(pen, look, turn, back);
  const earsOver = look.species === 'dog' && !back;
  const shift = 34 * turn;
  const coat = back || turn >= 0.9 ? '' : muzzle(pen, look, shift) + markings(pen, look, shift);
  const skull = cel(pen, headPath(look.species), look.fur, { depth: 11, inside: coat });
  const eyesUp =
    look.species === 'frog' && !back
      ? [-1, 1].map((s) => cel(pen, ellipse(s * 52 + 20 * turn, -80, 36, 34), look.fur, { depth: 6 })).join('')
      : '';
  const features = back
    ? backMarkings(pen, look)
    : turn >= 0.9
      ? profileFace(pen, look, expression)
      : face(pen, look, turn, expression);
  return (
    behindHead(pen, look) +
    (earsOver ? '' : ears) +
    eyesUp +
    skull +
    features +
    (earsOver ? ears : '') +
    overHead(pen, look)
  );
}

function backMarkings(pen: Pen, look: Look): string {
  if (look.pattern !== 'stripes') return '';
  const dark = pen.tone(mix(look.fur, '#5a3320', 0.55));
  return [-70, -36, -2, 30]
    .map((y, i) => outline(`M${-30 - i * 4} ${y}Q0 ${y + 12} ${30 + i * 4} ${y}`, dark, 9))
    .join('');
}
