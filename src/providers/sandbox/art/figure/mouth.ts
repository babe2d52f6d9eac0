import { fill, outline } from '../kit/pen.ts';
import type { Expression } from './types.ts';

const ink = '#4a2a35';
const open = (d: string, tongue: string): string => fill(d, '#8e2f43') + fill(tongue, '#f08a94') + outline(d, ink, 3.5);

const mouths: Record<Expression, () => string> = {
  smile: () => outline('M-15 0Q0 13 15 0', ink, 4),
  joy: () => open('M-20 -4Q0 2 20 -4Q17 24 0 24Q-17 24 -20 -4Z', 'M-11 17Q0 8 11 17Q6 23 0 23Q-6 23 -11 17Z'),
  surprised: () => open('M-9 3A9 12 0 1 1 9 3A9 12 0 1 1 -9 3Z', 'M-6 9Q0 4 6 9Q3 14 0 14Q-3 14 -6 9Z'),
  sad: () => outline('M-13 8Q0 -3 13 8', ink, 4),
  worried: () => outline('M-14 5Q-7 -3 0 4Q7 10 14 2', ink, 4),
  determined: () => outline('M-14 3Q0 -2 14 1', ink, 4.5),
  angry: () => open('M-15 6Q0 -10 15 6Q0 12 -15 6Z', 'M-7 6Q0 1 7 6Q0 9 -7 6Z'),
  calm: () => outline('M-9 2Q0 8 9 2', ink, 4),
  closed: () => outline('M-12 0Q0 11 12 0', ink, 4),
};

export const mouth = (expression: Expression): string => mouths[expression]();

/** The cat-like "ω" mouth of animals; falls back to the open mouths for strong feelings. */
export function animalMouth(expression: Expression): string {
  if (expression === 'joy' || expression === 'surprised' || expression === 'angry') return mouths[expression]();
  if (expression === 'determined') return outline('M-16 4Q-8 -2 0 3Q8 -2 16 4', ink, 4.5);
  if (expression === 'sad' || expression === 'worried') return outline('M-16 8Q-8 -1 0 5Q8 -1 16 8', ink, 4);
  return outline('M-17 0Q-9 11 0 1Q9 11 17 0', ink, 4);
}
