import { hashOf } from '../ledger.ts';

export const moves = ['in', 'out', 'left', 'right', 'up', 'down'] as const;
export type Move = (typeof moves)[number];

const spoken: readonly (readonly [Move, RegExp])[] = [
  ['out', /zoom\w* out|pull\w* (back|out|away)|dolly out|拉远|后退/i],
  ['left', /(pan|drift|track|slide)\w* (slowly |gently |smoothly )?(to the )?left|向左/i],
  ['right', /(pan|drift|track|slide)\w* (slowly |gently |smoothly )?(to the )?right|向右/i],
  ['up', /(tilt|pan|crane)\w* (slowly |gently |smoothly )?up|camera rises|向上/i],
  ['down', /(tilt|pan|crane)\w* (slowly |gently |smoothly )?down|camera descends|向下/i],
  ['in', /zoom\w* in|push\w* in|dolly in|推近/i],
];

/** The camera's move: the last one that the prompt asks for, else one chosen by the prompt's hash; another in each later variant. */
export function chooseCamera(prompt: string, variant = 0): Move {
  const first = moves.indexOf(firstCamera(prompt));
  return moves[(first + variant) % moves.length] ?? 'in';
}

function firstCamera(prompt: string): Move {
  const asked = spoken
    .map(([move, words]) => ({ move, index: prompt.search(words) }))
    .filter(({ index }) => index >= 0)
    .toSorted((a, b) => b.index - a.index)[0];
  if (asked) return asked.move;
  return moves[Number.parseInt(hashOf(prompt).slice(0, 8), 16) % moves.length] ?? 'in';
}

/** The still is this much larger than the clip, so that a step of one of its pixels is too small to see. */
export const oversampling = 2.5;

const paths: Record<Move, readonly [zoom: string, x: string, y: string]> = {
  in: ['1.02+0.13*w', '0.5', '0.5'],
  out: ['1.15-0.13*w', '0.5', '0.5'],
  left: ['1.1+0.02*w', '1-w', '0.5'],
  right: ['1.1+0.02*w', 'w', '0.5'],
  up: ['1.12', '0.5', '1-w'],
  down: ['1.12', '0.5', 'w'],
};

/**
 * A filter that moves the camera over a still with a soft start and end. Positions are whole pixels of the still, so every
 * second frame is made and the ones between are blended: half the work, and steadier than 24 rounded positions a second.
 */
export function cameraFilter(move: Move, clip: { width: number; height: number; seconds: number }): string {
  const frames = clip.seconds * 12;
  const way = `(0.5-0.5*cos(PI*on/${frames}))`;
  const [zoom, x, y] = paths[move].map((path) => path.replaceAll('w', way));
  const pan = `zoompan=z='${zoom}':x='(iw-iw/zoom)*(${x})':y='(ih-ih/zoom)*(${y})':d=${frames + 1}:s=${clip.width}x${clip.height}:fps=12`;
  return `format=yuv420p,${pan},framerate=fps=24:interp_start=0:interp_end=255:scene=100:flags=0`;
}
