import { type Evidence, factsOf } from './evidence.ts';

const lost = 70;

/** A process ends as it was told to, or says that it was taken for dead; nothing else. */
export function checkExits(evidence: Evidence): string[] {
  return factsOf(evidence, 'exit').flatMap(({ name, role, code, signal, wanted }) => {
    const told = wanted.split(' ');
    const asTold = signal !== null ? told.includes(signal) : code === 0 && told.includes('SIGTERM');
    const asLost = role !== 'vendor' && code === lost;
    return asTold || asLost ? [] : [`${name} ended with ${signal ?? code}, wanted ${wanted || 'nothing'}`];
  });
}

/** Promise 7: what is down is said with 503 and when to come back, and nothing else goes wrong. */
export function checkAnswers(evidence: Evidence): string[] {
  return factsOf(evidence, 'answer').flatMap(({ what, status, retryAfter }) =>
    status === 503 && retryAfter !== null ? [] : [`${what} answered ${status}, Retry-After ${retryAfter}`],
  );
}

export interface Detection {
  killMs: number[];
  freezeMs: number[];
}

const databaseTroubleMs = 15_000;

/** Promise 4: how long after its death, or its falling silent, each worker was fenced; while the database was there to do it. */
export async function measureDetection(evidence: Evidence): Promise<Detection> {
  const rows: { host: string; started_at: Date; fenced_at: Date | null }[] = await evidence
    .db('worker_sessions')
    .select('host', 'started_at', 'fenced_at');
  const sessions = new Map(rows.map((row) => [Number(row.host.split(':').at(-1)), row]));
  const facts = factsOf(evidence, 'fault');
  const troubles = facts.filter(({ kind, note }) => kind.startsWith('postgres') || note === 'all at once');
  const calm = (at: number) => !troubles.some((one) => one.at > at - 5_000 && one.at < at + databaseTroubleMs);
  const detection: Detection = { killMs: [], freezeMs: [] };
  for (const { kind, at, pid, target, note } of facts) {
    const session = sessions.get(pid ?? 0);
    const fenced = session?.fenced_at?.getTime();
    // One that is struck before it has a session has nothing that could be noticed.
    if (!session || session.started_at.getTime() > at) continue;
    if (fenced === undefined || !target.startsWith('worker') || !calm(at)) continue;
    const forMs = Number.parseInt(note ?? '0', 10);
    if (kind === 'SIGKILL' && fenced > at) detection.killMs.push(fenced - at);
    if (kind === 'SIGSTOP' && forMs >= 18_000 && fenced > at) detection.freezeMs.push(fenced - at);
  }
  return detection;
}
