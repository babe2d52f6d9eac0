import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { Cluster } from './cluster.ts';
import type { Member } from './member.ts';
import type { OrderType } from './people.ts';
import type { Plan } from './plan.ts';

/** Every place where a worker can be killed by name: a point, at a kind of step. */
export const crashPlaces = [
  ...['writeScreenplay', 'drawCharacterSheet', 'drawSceneImage', 'drawImage', 'shootSceneClip', 'shootClip'].flatMap(
    (kind) =>
      ['after-claim', 'after-intent', 'after-answer', 'after-accept', 'before-finish'].map((at) => `${at}@${kind}`),
  ),
  ...['writeScreenplay', 'drawSceneImage', 'drawImage', 'shootClip'].map((kind) => `after-finish@${kind}`),
  'after-claim@assembleFilm',
  'before-finish@assembleFilm',
  'before-collect',
];

/** What has to be ordered so that a worker can get to a place. */
function orderFor(place: string): OrderType {
  if (place.includes('@writeScreenplay')) return 'screenplay';
  if (place.includes('@drawImage')) return 'image';
  return place.includes('@shootClip') || place === 'before-collect' ? 'video' : 'film';
}

const patienceMs = 20_000;
const settlesMs = 500;
const orderEveryMs = 4_000;

/**
 * Workers that live only to reach the next named point, each the next one on the list, until enough were reached and `goOn` says no more;
 * `want` has something fitting ordered.
 */
export async function killAtPoints(
  cluster: Cluster,
  random: Random,
  { plan, forMs, want, goOn }: { plan: Plan; forMs: number; want(type: OrderType): void; goOn(): boolean },
): Promise<void> {
  const places = plan.places ?? crashPlaces;
  const until = performance.now() + forMs;
  const state = { reached: 0, next: 0 };
  const runOne = async (member: Member) => {
    while ((state.reached < plan.points || goOn()) && performance.now() < until) {
      const place = places[state.next % places.length] ?? '';
      state.next += 1;
      const orders = setInterval(() => want(orderFor(place)), orderEveryMs);
      want(orderFor(place));
      const patience = Math.min(patienceMs, Math.max(0, until - performance.now()));
      const reached = await reach(member, random.chance(0.1) ? `${place}:2` : place, patience);
      clearInterval(orders);
      if (reached) state.reached += 1;
      const note = reached ? place : `missed ${place}`;
      cluster.history.record({ type: 'fault', kind: 'point', target: member.name, note });
    }
  };
  await Promise.all(cluster.armed.map(runOne));
}

/** Arms a fresh run of the worker, and again if something else ends that run; whether it killed itself in time. */
async function reach(member: Member, place: string, patienceForMs: number): Promise<boolean> {
  const deadline = delay(patienceForMs, 'late' as const);
  for (;;) {
    member.once({ CRASH_AT: place });
    member.signal('SIGKILL', 'to be armed');
    await Promise.race([member.ended(), deadline]);
    const end = await Promise.race([member.ended(), deadline]);
    if (end === 'late') return false;
    if (end === 'SIGKILL') return true;
    const over = await Promise.race([delay(settlesMs, 'again' as const), deadline]);
    if (over === 'late') return false;
  }
}
