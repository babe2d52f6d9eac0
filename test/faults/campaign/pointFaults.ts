import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { Cluster } from './cluster.ts';
import type { Member } from './member.ts';
import type { OrderType } from './people.ts';
import { placesWanted } from './plan.ts';

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

/** Some more than are wanted: a few are hard to get to. */
const spare = 4;

/** The places of one run; another seed begins elsewhere on the list. */
export const placesFor = (seed: number, points: number): string[] =>
  crashPlaces
    .map((_, n) => crashPlaces[(n + seed) % crashPlaces.length] ?? '')
    .slice(0, placesWanted({ points }) + spare);

const patienceMs = 20_000;
const settlesMs = 500;
const orderEveryMs = 2_000;

/**
 * Workers that live only to reach a named point, each the place that was reached least so far, as long as `goOn` says so; `want` has
 * something fitting ordered.
 */
export async function killAtPoints(
  cluster: Cluster,
  random: Random,
  { places, until, want, goOn }: { places: string[]; until: number; want(type: OrderType): void; goOn(): boolean },
): Promise<void> {
  const { tally } = cluster.history;
  const misses = new Map<string, number>();
  const tried = new Set<string>();
  // A place that is hard to get to must not keep the others waiting.
  const turnOf = (place: string) => (tally.places.get(place) ?? 0) + (misses.get(place) ?? 0) / 3;
  const runOne = async (member: Member) => {
    while (goOn() && performance.now() < until) {
      const free = places.filter((place) => !tried.has(place));
      const place = (free.length > 0 ? free : places).reduce((one, other) =>
        turnOf(other) < turnOf(one) ? other : one,
      );
      tried.add(place);
      const orders = setInterval(() => want(orderFor(place)), orderEveryMs);
      want(orderFor(place));
      const patience = Math.min(patienceMs, Math.max(0, until - performance.now()));
      const reached = await reach(member, random.chance(0.1) ? `${place}:2` : place, patience);
      clearInterval(orders);
      tried.delete(place);
      if (!reached) misses.set(place, (misses.get(place) ?? 0) + 1);
      const note = reached ? place : `missed ${place}`;
      cluster.history.record({ type: 'fault', kind: 'point', target: member.name, note });
    }
  };
  await Promise.all(cluster.armed.map(runOne));
  for (const member of cluster.armed) member.signal('SIGKILL', 'to be armed');
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
