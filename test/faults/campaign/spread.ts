import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';

/** How often something is to happen, within which time, and until when what missed its mark may be made up for. */
export interface Pace {
  count: number;
  forMs: number;
  /** By `performance.now()`. */
  until: number;
  enough(): boolean;
  /** Nothing more is needed, of this and of everything else. */
  over(): boolean;
}

/** Does something so many times within a span, at moments of chance, and then at the same pace until it was enough. */
export async function spread(random: Random, pace: Pace, act: (n: number) => Promise<void> | void): Promise<void> {
  const { count, forMs, until, enough, over } = pace;
  const startedAt = performance.now();
  const moments = Array.from({ length: count }, () => random.next() * forMs).sort((one, other) => one - other);
  for (const [n, moment] of moments.entries()) {
    await delay(Math.max(0, startedAt + moment - performance.now()));
    if (over()) return;
    await act(n);
  }
  for (let n = count; count > 0 && !enough() && performance.now() < until; n += 1) {
    await delay(random.between(0.5, 1.5) * (forMs / count));
    await act(n);
  }
}
