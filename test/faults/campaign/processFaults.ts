import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { Cluster } from './cluster.ts';
import type { Member } from './member.ts';
import { type Pace, spread } from './spread.ts';

const oneIn = 40;
const shelteredMs = 10_000;

/** SIGKILL at random moments, of one process or, now and then, of the whole program. In turn one worker is killed with all of them only, or nothing would get done. */
export function kill({ workers, apis }: Cluster, random: Random, pace: Pace): Promise<void> {
  const nodes = apis.map(({ member }) => member);
  return spread(random, pace, (n) => {
    const there = [...workers, ...nodes].filter((member) => !member.isSpared());
    if (n % oneIn === oneIn - 1) {
      for (const member of there) member.signal('SIGKILL', 'all at once');
      return;
    }
    const wanted = random.chance(0.85) ? workers : nodes;
    const sheltered = workers[Math.floor(performance.now() / shelteredMs) % workers.length];
    const victims = there.filter((member) => wanted.includes(member) && member !== sheltered);
    random.pick(victims.length > 0 ? victims : workers).signal('SIGKILL');
  });
}

/** How long processes sleep; the last of them is long enough to be taken for dead, and is left alone meanwhile. */
const sleepsMs = [300, 700, 1_500, 3_000, 6_000, 9_000, 12_000, 20_000];
const watchedMs = 18_000;

/** SIGSTOP for shorter and for longer than a worker may be silent, then SIGCONT. */
export async function freeze(cluster: Cluster, random: Random, pace: Pace, sleeps = sleepsMs): Promise<void> {
  const woken: Promise<void>[] = [];
  const { workers, apis } = cluster;
  await spread(random, pace, (n) => {
    const frozenMs = sleeps[n % sleeps.length] ?? 300;
    const free = (random.chance(0.85) ? workers : apis.map(({ member }) => member)).filter((one) => !one.isSpared());
    const member: Member = random.pick(free.length > 0 ? free : workers);
    const pid = member.signal('SIGSTOP', `${frozenMs} ms`);
    if (frozenMs >= watchedMs && workers.includes(member)) member.spare(frozenMs);
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
export function restart({ workers, apis }: Cluster, random: Random, pace: Pace): Promise<void> {
  const members = [...workers, ...apis.map(({ member }) => member)];
  return spread(random, pace, (n) => {
    members[n % members.length]?.signal('SIGTERM');
  });
}

/** A clock that is an hour ahead is put an hour behind, or back. */
export function moveClocks({ workers }: Cluster, random: Random, pace: Pace): Promise<void> {
  const wrong = workers.filter(({ clockAheadMs }) => clockAheadMs !== 0);
  return spread(random, pace, () => void random.pick(wrong).signal('SIGUSR2'));
}
