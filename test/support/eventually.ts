import { setTimeout as delay } from 'node:timers/promises';

type Falsy = false | 0 | '' | null | undefined;

/** Asks again every 10 ms until the answer is truthy, and gives it; rejects after the deadline, which is long since machines are slow at times, naming what was waited for. */
export async function eventually<T>(
  what: string,
  ask: () => T | Promise<T>,
  withinMs = 30_000,
): Promise<Exclude<T, Falsy>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isTruthy(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await delay(10);
  }
}

function isTruthy<T>(value: T): value is Exclude<T, Falsy> {
  return Boolean(value);
}
