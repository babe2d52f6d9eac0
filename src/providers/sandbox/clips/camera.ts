import { hashOf } from '../ledger.ts';

export type Move = 'in' | 'out' | 'left' | 'right' | 'up' | 'down';

const spoken: readonly [Move, RegExp][] = [
  ['out', /zoom(s|ing)? out|pull(s|ing)? (back|out|away)|dolly out|拉远|拉远|后退/i],
  ['left', /(pan|drift|track|slide|move)\w* (slowly |gently |smoothly )?(to the )?left|向左/i],
  ['right', /(pan|drift|track|slide|move)\w* (slowly |gently |smoothly )?(to the )?right|向右/i],
  ['up', /(tilt|pan|crane|rise|move)\w* (slowly |gently |smoothly )?up|rises|向上/i],
  ['down', /(tilt|pan|crane|move)\w* (slowly |gently |smoothly )?down|descend|向下/i],
  ['in', /zoom(s|ing)? in|push(es|ing)? in|dolly in|close in|推近/i],
];
const moves: readonly Move[] = ['in', 'out', 'left', 'right', 'up', 'down'];

/** The camera's move: what the prompt asks for, else one chosen by the prompt's hash. */
export function chooseCamera(prompt: string): Move {
  const asked = spoken.find(([, words]) => words.test(prompt));
  if (asked) return asked[0];
  return moves[Number.parseInt(hashOf(prompt).slice(0, 8), 16) % moves.length] ?? 'in';
}

/** A filter of the moving camera over a still at twice the size, so that its steps are half a pixel. */
export function cameraFilter(move: Move, clip: { width: number; height: number; seconds: number }): string {
  const frames = clip.seconds * 24;
  const way = `(0.5-0.5*cos(PI*on/${frames}))`;
  const zoom = move === 'in' ? `1.02+0.14*${way}` : move === 'out' ? `1.16-0.14*${way}` : '1.12';
  const along = {
    in: ['0.5', '0.5'],
    out: ['0.5', '0.5'],
    left: [`(1-${way})`, '0.5'],
    right: [way, '0.5'],
    up: ['0.5', `(1-${way})`],
    down: ['0.5', way],
  }[move];
  const position = `x='(iw-iw/zoom)*${along[0]}':y='(ih-ih/zoom)*${along[1]}'`;
  return `format=yuv420p,zoompan=z='${zoom}':${position}:d=${frames}:s=${clip.width}x${clip.height}:fps=24,format=yuv420p`;
}
