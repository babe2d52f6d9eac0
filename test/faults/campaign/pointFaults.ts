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

/** How many places a worker is armed with: the first it gets to counts. */
const placesAtOnce = 4;

/**
 * Workers that live only to reach a named point, each one of the places that were reached least so far, as long as `goOn` says so; `want` has
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
  const choose = (): string[] => {
    const free = places.filter((place) => !tried.has(place));
    const inTurn = (free.length > 0 ? free : [...places]).sort((one, other) => turnOf(one) - turnOf(other));
    return inTurn.slice(0, Math.min(placesAtOnce, Math.ceil(places.length / cluster.armed.length)));
  };
  const runOne = async (member: Member) => {
    while (goOn() && performance.now() < until) {
      const chosen = choose();
      for (const place of chosen) tried.add(place);
      const wantAll = () => [...new Set(chosen.map(orderFor))].forEach(want);
      const orders = setInterval(wantAll, orderEveryMs);
      wantAll();
      const armed = chosen.map((place) => (random.chance(0.1) ? `${place}:2` : place)).join(',');
      const reached = await reach(member, armed, { untilMs: Math.min(performance.now() + patienceMs, until), goOn });
      clearInterval(orders);
      for (const place of chosen) tried.delete(place);
      const note = (what: string) =>
        cluster.history.record({ type: 'fault', kind: 'point', target: member.name, note: what });
      if (reached) note(reached);
      else if (goOn()) {
        for (const place of chosen) misses.set(place, (misses.get(place) ?? 0) + 1);
        note(`missed ${chosen.join(' ')}`);
      }
    }
  };
  await Promise.all(cluster.armed.map(runOne));
  for (const member of cluster.armed) member.signal('SIGKILL', 'to be armed');
}

/** Arms a fresh run of the worker, and again if something else ends that run; where it killed itself in time. */
async function reach(
  member: Member,
  places: string,
  { untilMs, goOn }: { untilMs: number; goOn(): boolean },
): Promise<string | undefined> {
  const deadline = lateAt(untilMs, goOn);
  for (;;) {
    member.once({ CRASH_AT: places });
    member.signal('SIGKILL', 'to be armed');
    await Promise.race([member.ended(), deadline]);
    const before = await member.killedAt();
    const end = await Promise.race([member.ended(), deadline]);
    if (end === 'late') return undefined;
    const after = await member.killedAt();
    if (end === 'SIGKILL' && after.length > before.length) return after.at(-1);
    const over = await Promise.race([delay(settlesMs, 'again' as const), deadline]);
    if (over === 'late') return undefined;
  }
}

/** Late is also what nobody waits for any more. */
async function lateAt(untilMs: number, goOn: () => boolean): Promise<'late'> {
  while (performance.now() < untilMs && goOn()) await delay(200);
  return 'late';
}
