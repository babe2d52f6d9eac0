const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Waits after the first, second, … failed attempt: ten attempts over about three days. */
const waitsMs = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

/** An endpoint that nothing reached for so long is disabled. */
export const failingAtMostMs = 5 * 24 * hour;

/**
 * How long to wait after so many failed attempts, up to a fifth longer so that many don't return at once; undefined when that was the
 * last. A receiver's `Retry-After` may stretch it to a day.
 */
export function waitAfterMs(
  tries: number,
  {
    scale = 1,
    retryAfterMs = 0,
    random = Math.random,
  }: { scale?: number; retryAfterMs?: number; random?: () => number } = {},
): number | undefined {
  const wait = waitsMs[tries - 1];
  if (wait === undefined) return undefined;
  return Math.max(wait * (1 + random() / 5), Math.min(retryAfterMs, 24 * hour)) * scale;
}
