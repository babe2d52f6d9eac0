import { at, cel, fill, glow, n, outline, vertical } from '../kit/pen.ts';
import { between } from '../kit/random.ts';
import { box, ellipse } from '../kit/shapes.ts';
import { cumulus, sky } from '../scenery/sky.ts';
import type { Backdrop, Stage } from '../scenery/stage.ts';

function cloudSea(stage: Stage, y: number, scale: number): string {
  const step = 210 * scale * 0.6;
  return Array.from({ length: Math.ceil(stage.width / step) + 2 }, (_, i) =>
    cumulus(
      stage,
      i * step - 40 + between(stage.random, -30, 30),
      y + between(stage.random, 0, 40),
      scale * between(stage.random, 0.85, 1.25),
      1,
    ),
  ).join('');
}

/** High in the air: a carpet of clouds below and one floating island to stand on. */
export function clouds(stage: Stage): Backdrop {
  const { width, height, pen, horizon } = stage;
  const top = height * 0.83;
  const depth = width * 0.24;
  const rock = `M${n(width * 0.08)} ${n(top)}Q${n(width * 0.5)} ${n(top - 44)} ${n(width * 0.92)} ${n(top)}C${n(width * 0.9)} ${n(top + depth * 0.4)} ${n(width * 0.74)} ${n(top + depth * 0.5)} ${n(width * 0.66)} ${n(top + depth * 0.8)}Q${n(width * 0.56)} ${n(top + depth * 0.7)} ${n(width * 0.5)} ${n(top + depth * 1.1)}Q${n(width * 0.42)} ${n(top + depth * 0.74)} ${n(width * 0.32)} ${n(top + depth * 0.76)}C${n(width * 0.28)} ${n(top + depth * 0.44)} ${n(width * 0.1)} ${n(top + depth * 0.4)} ${n(width * 0.08)} ${n(top)}Z`;
  const island = cel(pen, rock, '#b08f7a', {
    depth: 16,
    inside: fill(
      `M0 ${n(top - 60)}H${n(width)}V${n(top + 30)}Q${n(width * 0.75)} ${n(top + 70)} ${n(width * 0.6)} ${n(top + 34)}Q${n(width * 0.45)} ${n(top + 80)} ${n(width * 0.3)} ${n(top + 32)}Q${n(width * 0.2)} ${n(top + 60)} 0 ${n(top + 20)}Z`,
      pen.tone('#86c464'),
    ),
  });
  const back =
    sky({ ...stage, horizon: height * 0.8 }) +
    cloudSea(stage, horizon + 60, 1.5) +
    cloudSea(stage, horizon + 200, 2.2) +
    cloudSea(stage, height * 0.94, 2.6) +
    island;
  return { back, front: cloudSea(stage, height + 60, 2.2), ground: height * 0.875, indoors: false };
}

/** The belly of the envelope, seen from below, and the ropes that hold the deck. */
function envelope({ width, height, pen }: Stage, deck: number): string {
  const hull = `M-60 -80H${n(width + 60)}V${n(height * 0.08)}Q${n(width / 2)} ${n(height * 0.3)} -60 ${n(height * 0.08)}Z`;
  const seam = (k: number) =>
    `M${n((0.5 + k) * width)} -60Q${n(width / 2 + k * width * 0.9)} ${n(height * 0.12)} ${n(width / 2 + k * width * 0.78)} ${n(height * 0.3)}`;
  const belt = `M-60 ${n(height * 0.015)}Q${n(width / 2)} ${n(height * 0.2)} ${n(width + 60)} ${n(height * 0.015)}v26Q${n(width / 2)} ${n(height * 0.235)} -60 ${n(height * 0.05)}Z`;
  const inside =
    outline([-0.5, -0.33, -0.17, 0, 0.17, 0.33, 0.5].map(seam).join(''), pen.tone('#b8743f'), 6) +
    fill(belt, pen.tone('#c9564e'));
  const rope = (k: number) => `M${n(width * k)} ${n(height * 0.14)}L${n(width * (0.5 + (k - 0.5) * 1.14))} ${n(deck)}`;
  return (
    cel(pen, hull, '#e8b06a', { depth: 18, inside }) +
    outline([0.1, 0.3, 0.7, 0.9].map(rope).join(''), pen.tone('#e6d2a8'), 7)
  );
}

function railing({ width, pen }: Stage, deck: number): string {
  const baluster = (x: number) =>
    cel(pen, `M${n(x - 11)} ${n(deck - 82)}q11 -8 22 0q-12 34 0 84h-22q12 -50 0 -84Z`, '#b98058', {
      depth: 4,
      line: 3,
    });
  const posts = Array.from({ length: Math.ceil(width / 96) + 1 }, (_, i) => baluster(i * 96));
  return cel(pen, box(-20, deck - 104, width + 40, 24, 10), '#9a6844', { depth: 4 }) + posts.join('');
}

function wheel({ width, pen }: Stage, deck: number): string {
  const spokes = outline(`${ellipse(0, 0, 62)}M-86 0H86M0 -86V86M-60 -60L60 60M60 -60L-60 60`, pen.tone('#6f4630'), 13);
  const post = outline('M0 62V130', pen.tone('#6f4630'), 24);
  return at(width * 0.86, deck - 120, 1, spokes + cel(pen, ellipse(0, 0, 20), '#d9a54a', { depth: 4 }) + post);
}

function hangingLamp({ width, height, pen }: Stage): string {
  const x = width * 0.16;
  const chain = outline(`M${n(x)} ${n(height * 0.16)}V${n(height * 0.3)}`, pen.tone('#6f4630'), 5);
  return (
    glow(pen, x, height * 0.34, 160, '#ffc86a', 0.65) +
    chain +
    cel(pen, box(x - 24, height * 0.3, 48, 64, 12), '#ffdf8a', { depth: 4 })
  );
}

function planks({ width, height, pen }: Stage, deck: number): string {
  const seam = (k: number) =>
    `M${n(width / 2 + k * width * 0.085)} ${n(deck)}L${n(width / 2 + k * width * 0.18)} ${n(height + 10)}`;
  const wood = vertical(pen, [
    [0, pen.tone('#d6a878')],
    [1, pen.tone('#a8784f')],
  ]);
  const seams = Array.from({ length: 15 }, (_, i) => seam(i - 7)).join('');
  return fill(box(-10, deck, width + 20, height - deck + 10), wood) + outline(seams, pen.tone('#7a5138'), 4);
}

/** The open deck of an airship, its envelope overhead, ropes, railing and a wheel. */
export function airshipDeck(stage: Stage): Backdrop {
  const deck = stage.height * 0.74;
  const air = sky({ ...stage, horizon: deck - 20 }) + cloudSea(stage, deck - 60, 1.5) + cloudSea(stage, deck + 40, 2);
  const ship =
    envelope(stage, deck) + railing(stage, deck) + wheel(stage, deck) + hangingLamp(stage) + planks(stage, deck);
  return { back: air + ship, front: '', ground: stage.height * 0.91, indoors: false };
}
