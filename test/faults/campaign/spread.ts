import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';

/** Does something so many times within a span, at moments of chance; one that is late does not delay the next by more than itself. */
export async function spread(
  random: Random,
  { count, forMs }: { count: number; forMs: number },
  act: (n: number) => Promise<void> | void,
): Promise<void> {
  const startedAt = performance.now();
  const moments = Array.from({ length: count }, () => random.next() * forMs).sort((one, other) => one - other);
  for (const [n, moment] of moments.entries()) {
    await delay(Math.max(0, startedAt + moment - performance.now()));
    await act(n);
  }
}
