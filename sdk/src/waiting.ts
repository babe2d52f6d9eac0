import type { RequestOptions } from './options.js';

export interface HeldOptions extends RequestOptions {
  /** Holds the answer until the task is over, so many seconds at most (up to 60): for what takes only a moment. */
  waitSeconds?: number | undefined;
}

const spareMs = 15_000;

/** The header that asks for it, and a time-out that leaves room for it. */
export function held({ waitSeconds, ...options }: HeldOptions = {}) {
  if (waitSeconds === undefined) return { options, prefer: {} };
  const timeoutMs = options.timeoutMs ?? waitSeconds * 1000 + spareMs;
  return { options: { ...options, timeoutMs }, prefer: { prefer: `wait=${waitSeconds}` } };
}
