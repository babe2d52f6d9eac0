import type { PropName } from '../../words/props.ts';
import { lighten, mix } from '../kit/color.ts';
import { at, cel, fill, glow, n, outline } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import { box, ellipse, star } from '../kit/shapes.ts';
import type { Stage } from '../scenery/stage.ts';

/** Things that stand on the ground, drawn with their foot at (0,0), about 300 tall. */
type Standing = (stage: Stage) => string;

const bicycle: Standing = ({ pen }) => {
  const wheel = (x: number) =>
    outline(ellipse(x, -70, 68), pen.tone('#3f3c4a'), 11) +
    outline(
      `${ellipse(x, -70, 68)}M${x - 68} -70h136M${x} -138v136M${x - 48} -118l96 96M${x + 48} -118l-96 96`,
      pen.tone('#b8bcc8'),
      2.5,
    );
  return (
    wheel(-110) +
    wheel(110) +
    outline(
      'M-110 -70L-40 -160L60 -160L0 -70ZM-40 -160L0 -70M60 -160L110 -70M60 -160L50 -200L84 -206M-40 -160L-50 -184',
      pen.tone('#e0604f'),
      12,
    ) +
    outline('M-74 -188h46', pen.tone('#6f4630'), 15) +
    cel(pen, 'M66 -196h74l-10 54h-54Z', '#c99a6a', { depth: 5 })
  );
};
const chest: Standing = ({ pen }) =>
  glow(pen, 0, -110, 220, '#ffe27a', 0.7) +
  cel(pen, 'M-100 -84Q-96 -170 0 -170Q96 -170 100 -84Z', '#a8693f', { depth: 9 }) +
  fill(ellipse(0, -84, 88, 16), '#ffe27a') +
  cel(pen, box(-104, -84, 208, 86, 10), '#b97a4a', {
    depth: 9,
    inside: fill('M-80 -90h20v100h-20ZM60 -90h20v100h-20Z', pen.tone('#e0b04a')),
  }) +
  cel(pen, box(-18, -92, 36, 36, 6), '#f0c040', { depth: 4 });
const snowman: Standing = ({ pen }) =>
  cel(pen, ellipse(0, -70, 86, 74), '#f6faff', { depth: 14 }) +
  cel(pen, ellipse(0, -180, 64, 58), '#f6faff', { depth: 11 }) +
  fill(ellipse(-22, -192, 8) + ellipse(24, -192, 8), '#3a3848') +
  fill('M-4 -178L54 -168L-2 -164Z', '#f28c3a') +
  outline('M-80 -110L-150 -150M80 -110L150 -160', pen.tone('#7a5540'), 9) +
  cel(pen, 'M-62 -142Q0 -112 62 -142L58 -118Q0 -90 -58 -118Z', '#e0524a', { depth: 5 }) +
  cel(pen, box(-36, -286, 72, 60, 8), '#41465f', { depth: 6 }) +
  cel(pen, box(-58, -236, 116, 14, 6), '#41465f', { depth: 3 });
const campfire: Standing = ({ pen }) =>
  glow(pen, 0, -80, 380, '#ffae4a', 0.75) +
  outline('M-90 -6L80 -40M90 -6L-80 -40', pen.tone('#6f4630'), 26) +
  fill(
    'M0 -210C60 -140 90 -100 66 -46Q40 -10 0 -12Q-40 -10 -66 -46C-84 -90 -40 -110 -30 -160C-10 -140 -6 -170 0 -210Z',
    '#f2703a',
  ) +
  fill('M4 -150C36 -104 50 -80 36 -44Q18 -18 0 -20Q-30 -22 -34 -54C-36 -84 -8 -90 4 -150Z', '#ffb83d') +
  fill('M2 -90C20 -64 22 -50 14 -34Q4 -24 -4 -28Q-18 -36 -12 -54Q-4 -64 2 -90Z', '#fff0a0');
const tent: Standing = ({ pen }) =>
  cel(pen, 'M0 -260L210 0H-210Z', '#f0a04a', { depth: 16 }) +
  cel(pen, 'M0 -250L62 0H-50Z', '#7a4a3c', { depth: 6 }) +
  cel(pen, 'M0 -256L10 -130L-66 0L-96 0Z', '#f7c27a', { depth: 6 });
const standing: Partial<Record<PropName, Standing>> = { bicycle, chest, snowman, campfire, tent };

/** A thing on the ground beside the characters. */
export function standingProp(stage: Stage, name: PropName, x: number, y: number, tall: number): string | undefined {
  const draw = standing[name];
  return draw && at(x, y, tall / 300, fill(ellipse(0, 0, 150, 20), '#2a2050', 0.22) + draw(stage));
}

type Flying = (stage: Stage) => string;

const airship: Flying = ({ pen, light }) =>
  cel(
    pen,
    'M-260 -40C-250 -130 -120 -170 20 -170C170 -170 280 -120 300 -60C280 0 170 40 20 40C-120 40 -250 0 -260 -40Z',
    '#e8b06a',
    {
      depth: 20,
      inside:
        outline(
          'M-200 -150Q-160 -60 -200 30M-60 -180Q-30 -60 -60 50M90 -180Q120 -60 90 50M220 -150Q250 -60 220 30',
          pen.tone('#b8743f'),
          6,
        ) + fill('M-280 -66H320V-40H-280Z', pen.tone('#c9564e')),
    },
  ) +
  cel(pen, 'M-250 -60L-330 -130V-70L-300 -50L-330 -20V30Z', '#c9564e', { depth: 8 }) +
  outline('M-90 30L-70 84M110 30L90 84', pen.tone('#6f4630'), 6) +
  cel(pen, 'M-120 80H140Q150 140 90 142H-70Q-120 140 -120 80Z', '#9a6844', { depth: 9 }) +
  [-80, -30, 20, 70].map((x) => fill(box(x, 96, 28, 22, 6), light.dark ? '#ffe08a' : pen.tone('#bfe3f2'))).join('') +
  cel(pen, ellipse(-150, 110, 12, 46), '#d9a54a', { depth: 4 });

const hotAirBalloon: Flying = ({ pen }) =>
  cel(pen, 'M0 -220C110 -220 140 -110 100 -40Q70 10 40 40H-40Q-70 10 -100 -40C-140 -110 -110 -220 0 -220Z', '#f2705a', {
    depth: 16,
    inside:
      fill('M-46 -240Q-90 -90 -26 50H26Q90 -90 46 -240Z', pen.tone('#ffe0a0')) +
      fill('M-14 -240Q-26 -90 -8 50H8Q26 -90 14 -240Z', pen.tone('#f2705a')),
  }) +
  outline('M-36 40L-26 90M36 40L26 90', pen.tone('#6f4630'), 4) +
  cel(pen, box(-32, 88, 64, 44, 8), '#b98a5f', { depth: 5 });

const kite: Flying = ({ pen }) =>
  outline('M0 90Q-60 180 20 260T-40 420', '#ffffff', 3) +
  cel(pen, 'M0 -90L70 0L0 100L-70 0Z', '#f2607a', {
    depth: 8,
    inside: fill('M0 -90L70 0H0ZM0 100L-70 0H0Z', pen.tone('#ffd95a')),
  }) +
  [150, 210, 270]
    .map((y, i) =>
      cel(pen, `M${i * 12 - 20} ${y}l-22 -12v24ZM${i * 12 - 20} ${y}l22 -12v24Z`, '#7fb4e8', { depth: 2, line: 3 }),
    )
    .join('');

const whale: Flying = ({ pen }) =>
  cel(
    pen,
    'M-240 0C-230 -110 -60 -150 80 -110C160 -86 200 -40 250 -60C240 -100 260 -140 300 -150C296 -110 310 -90 350 -84C320 -50 290 -30 262 -20C220 60 80 90 -60 84C-180 78 -244 50 -240 0Z',
    '#5f8fc9',
    { depth: 16, inside: fill('M-260 20Q-100 60 80 30Q160 20 240 0V120H-260Z', pen.tone('#e6f1fa')) },
  ) +
  fill(ellipse(-170, -14, 10), '#2c2a3a') +
  outline('M-236 20Q-190 40 -150 26', '#3a4a70', 5) +
  cel(pen, 'M-60 50Q-40 130 30 140Q40 90 10 44Z', '#5f8fc9', { depth: 7 }) +
  outline('M-90 -124q-10 -50 -50 -60M-86 -124q10 -50 50 -60', '#dff3ff', 9);

const dolphin: Flying = ({ pen }) =>
  cel(
    pen,
    'M-150 40C-110 -60 20 -90 110 -30L150 -60Q160 -20 140 20Q150 40 132 70Q110 50 104 20C30 10 -60 20 -104 60Q-140 70 -150 40Z',
    '#7fa9d0',
    { depth: 10 },
  ) +
  cel(pen, 'M-10 -56Q10 -110 50 -116Q40 -80 44 -46Z', '#7fa9d0', { depth: 5 }) +
  fill(ellipse(-104, 16, 6), '#2c2a3a');

const rocket: Flying = ({ pen }) =>
  glow(pen, 0, 170, 130, '#ffb03d', 0.9) +
  fill('M-30 120Q0 240 30 120Z', '#ffb03d') +
  cel(pen, 'M-60 60L-100 130L-50 116ZM60 60L100 130L50 116Z', '#e0524a', { depth: 5 }) +
  cel(pen, 'M0 -190C60 -120 66 20 50 120H-50C-66 20 -60 -120 0 -190Z', '#f4f5fa', {
    depth: 12,
    inside: fill('M-80 -200H80V-110H-80Z', pen.tone('#e0524a')),
  }) +
  cel(pen, ellipse(0, -40, 26), '#8fd0ee', { depth: 6 });
const ufo: Flying = ({ pen }) =>
  fill('M-60 20L-150 260H150L60 20Z', '#fff6b0', 0.35) +
  cel(pen, 'M-60 -20Q-56 -96 0 -96Q56 -96 60 -20Z', '#a9e6f0', { depth: 8 }) +
  cel(pen, 'M-150 0C-110 -50 110 -50 150 0C110 46 -110 46 -150 0Z', '#b8a8e0', { depth: 10 }) +
  [-90, -30, 30, 90].map((x) => fill(ellipse(x, 10, 11), '#ffe36a')).join('');
const seagull: Flying = ({ pen }) =>
  [
    [-130, 0, 1],
    [40, -60, 0.8],
    [150, 40, 0.6],
  ]
    .map(([x = 0, y = 0, s = 1]) =>
      at(
        x,
        y,
        s,
        cel(
          pen,
          'M0 10C-40 -50 -90 -50 -130 -30C-90 -26 -60 0 -40 26C-10 50 30 40 60 22L90 16L60 6C60 -6 40 -14 30 -8C60 -60 100 -66 140 -50C100 -84 40 -70 0 10Z',
          '#fdfdff',
          { depth: 6, line: 3 },
        ) + fill('M84 12l22 6l-22 6Z', '#f2a33d'),
      ),
    )
    .join('');
const butterfly: Flying = ({ pen }) =>
  [
    [-90, 0, 0.9, '#7fb4f0'],
    [60, -50, 0.7, '#f7a8c4'],
    [130, 60, 0.6, '#ffd95a'],
  ]
    .map(([x, y, s, color]) =>
      at(
        Number(x),
        Number(y),
        Number(s),
        cel(
          pen,
          'M0 0C-20 -60 -80 -70 -76 -20C-74 10 -30 10 0 0ZM0 0C20 -60 80 -70 76 -20C74 10 30 10 0 0ZM0 0C-30 10 -60 40 -36 56C-16 60 -4 30 0 0ZM0 0C30 10 60 40 36 56C16 60 4 30 0 0Z',
          String(color),
          { depth: 5, line: 3 },
        ) + outline('M0 -10V30M0 -10L-12 -34M0 -10L12 -34', '#4a3a4a', 4),
      ),
    )
    .join('');

const flying: Partial<Record<PropName, readonly [draw: Flying, size: number]>> = {
  airship: [airship, 0.36],
  hotAirBalloon: [hotAirBalloon, 0.3],
  kite: [kite, 0.4],
  whale: [whale, 0.4],
  dolphin: [dolphin, 0.26],
  rocket: [rocket, 0.3],
  ufo: [ufo, 0.3],
  seagull: [seagull, 0.3],
  butterfly: [butterfly, 0.3],
};

function firework(stage: Stage): string {
  const { width, horizon, random, pen } = stage;
  return Array.from({ length: 4 }, (_, i) => {
    const [x, y, r] = [width * (0.14 + i * 0.24), horizon * between(random, 0.2, 0.5), between(random, 80, 150)];
    const color = ['#ff8fa8', '#ffe27a', '#8fe0ff', '#c9a8ff'][i] ?? '#ffe27a';
    const rays = Array.from(
      { length: 18 },
      (_, k) =>
        `M${n(x + Math.cos(k * 0.349) * r * 0.3)} ${n(y + Math.sin(k * 0.349) * r * 0.3)}L${n(x + Math.cos(k * 0.349) * r)} ${n(y + Math.sin(k * 0.349) * r)}`,
    ).join('');
    return glow(pen, x, y, r * 1.6, color, 0.6) + outline(rays, lighten(color, 0.3), 5);
  }).join('');
}

function rainbow({ width, horizon }: Stage): string {
  const colors = ['#ff6f7a', '#ffa85a', '#ffe36a', '#8fe08a', '#7fc0ff', '#b79aff'];
  return `<g opacity="0.62">${colors.map((color, i) => outline(`M${n(width * 0.04)} ${n(horizon * 1.06)}A${n(width * 0.46)} ${n(horizon * 0.86)} 0 0 1 ${n(width * 0.96)} ${n(horizon * 1.06)}`, color, 15).replace('/>', ` transform="translate(0 ${i * 14})"/>`)).join('')}</g>`;
}

function shootingStar({ width, horizon, random, pen }: Stage): string {
  const [x, y] = [width * between(random, 0.4, 0.7), horizon * between(random, 0.16, 0.34)];
  return (
    fill(`M${n(x)} ${n(y - 5)}L${n(x - 300)} ${n(y - 130)}L${n(x - 6)} ${n(y + 5)}Z`, '#fff6cf', 0.7) +
    glow(pen, x, y, 70, '#fff3b0', 0.9) +
    fill(star(x, y, 20, 0.4), mix('#ffe36a', '#ffffff', 0.3))
  );
}

/** What hangs in the sky of a scene, at a free place chosen by the scene's dice. */
export function skyProp(stage: Stage, name: PropName, side: -1 | 1): string | undefined {
  if (name === 'firework') return stage.light.dark || stage.time === 'sunset' ? firework(stage) : undefined;
  if (name === 'rainbow') return rainbow(stage);
  if (name === 'star') return stage.light.dark ? shootingStar(stage) : undefined;
  const found = flying[name];
  if (!found) return undefined;
  const [draw, size] = found;
  const low = name === 'whale' || name === 'dolphin';
  const x = stage.width * (0.5 + side * between(stage.random, 0.22, 0.32));
  return at(
    x,
    stage.horizon * (low ? 1.02 : between(stage.random, 0.34, 0.5)),
    (Math.min(stage.width, stage.height) * size) / 400,
    draw(stage),
  );
}
