import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { Cluster } from './cluster.ts';
import type { Plan } from './plan.ts';
import { spread } from './spread.ts';

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

const oneIn = 40;

/** SIGKILL at random moments, of one process or, now and then, of the whole program. */
export function kill({ workers, apis }: Cluster, random: Random, plan: Plan, forMs: number): Promise<void> {
  const victims = [...workers.slice(0, plan.points > 0 ? -1 : undefined), ...apis.map(({ member }) => member)];
  return spread(random, { count: plan.kills, forMs }, (n) => {
    if (n % oneIn === oneIn - 1) for (const member of victims) member.signal('SIGKILL', 'all at once');
    else (random.chance(0.75) ? random.pick(workers.slice(0, 2)) : random.pick(victims)).signal('SIGKILL');
  });
}

const pointPatienceMs = 15_000;

/** One worker lives only to reach the next named point. */
export async function killAtPoints(cluster: Cluster, random: Random, plan: Plan, forMs: number): Promise<void> {
  const member = cluster.workers.at(-1);
  const until = performance.now() + forMs;
  for (let n = 0; member && n < plan.points && performance.now() < until; n += 1) {
    const places = plan.places ?? crashPlaces;
    const place = places[n % places.length] ?? '';
    member.once({ CRASH_AT: random.chance(0.3) ? `${place}:2` : place });
    member.signal('SIGKILL', 'to be armed');
    await member.ended();
    const reached = await Promise.race([
      member.ended().then(() => true),
      delay(Math.min(pointPatienceMs, Math.max(0, until - performance.now())), false),
    ]);
    cluster.history.record({
      type: 'fault',
      kind: 'point',
      target: member.name,
      note: reached ? place : `missed ${place}`,
    });
  }
}

/** SIGSTOP for shorter and for longer than a worker may be silent, then SIGCONT. */
export async function freeze(cluster: Cluster, random: Random, plan: Plan, forMs: number): Promise<void> {
  const woken: Promise<void>[] = [];
  await spread(random, { count: plan.stops, forMs }, () => {
    const member = random.chance(0.85) ? random.pick(cluster.workers.slice(0, 2)) : random.pick(cluster.apis).member;
    const frozenMs = random.pick(plan.stopMs ?? [300, 2_000, 6_000, 10_000, 18_000, 22_000]);
    const pid = member.signal('SIGSTOP', `${frozenMs} ms`);
    if (pid !== undefined) woken.push(delay(frozenMs).then(() => wake(cluster, member.name, pid)));
  });
  await Promise.all(woken);
}

function wake({ history }: Cluster, target: string, pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
    history.record({ type: 'fault', kind: 'SIGCONT', target, pid });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** SIGTERM under load, of one process after the other, as a rolling restart does it. */
export function restart({ workers, apis }: Cluster, random: Random, plan: Plan, forMs: number): Promise<void> {
  const members = [...workers.slice(0, 2), ...apis.map(({ member }) => member)];
  return spread(random, { count: plan.terms, forMs }, (n) => {
    members[n % members.length]?.signal('SIGTERM');
  });
}
