import type { Routine } from './clock.ts';
import { releaseStep, stepsOf } from './database.ts';
import type { Process } from './process.ts';
import { harmless } from './worker.ts';
import { query, type World } from './world.ts';

const strayAfterMs = 10_000;

/** Compares what a process holds with what it does, as `src/engine/watch.ts` does. */
export function* watchStrays(world: World, process: Process): Routine {
  const strays = new Map<string, number>();
  for (;;) {
    yield 1_000;
    try {
      const own = yield* query(world, () =>
        stepsOf(world.db)
          .filter(({ owner, status }) => owner === process.pool && status === 'running')
          .map((step) => ({ step, fence: step.fence, cancelled: step.task.status === 'cancelled' })),
      );
      for (const id of strays.keys()) if (!own.some(({ step }) => step.id === id)) strays.delete(id);
      for (const { step, fence, cancelled } of own) {
        const running = process.running.get(step.id);
        if (running && cancelled) running.stop = 'cancelled';
        if (running) strays.delete(step.id);
        if (running) continue;
        const since = strays.get(step.id) ?? world.clock.now();
        strays.set(step.id, since);
        if (world.clock.now() - since < strayAfterMs) continue;
        yield* query(world, () => releaseStep(world.db, { step, fence }, { from: 'running', delayMs: 0 }));
        world.count('stray');
      }
    } catch (error) {
      harmless(error);
    }
  }
}
