import { setTimeout as delay } from 'node:timers/promises';

/** Asks again every 10 ms until the answer is truthy, and gives it; rejects after the deadline, naming what was waited for. */
export async function eventually<T>(what: string, ask: () => T | Promise<T>, withinMs = 5000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await delay(10);
  }
}
