import { type Evidence, factsOf } from './evidence.ts';
import { digestOf } from './reader.ts';

interface Logged {
  user_id: string;
  seq: number;
  task_id: string | null;
  data: { status?: string; progress?: number };
}

/** Promise 5: every reader was told every event once, in order, and as the log has it. */
export async function checkStreams(evidence: Evidence): Promise<string[]> {
  const faults: string[] = [];
  const log: Logged[] = await evidence.db('events').select('user_id', 'seq', 'task_id', 'data').orderBy('seq');
  const digests = new Map(
    log.map(({ user_id: user, seq, task_id: task, data }) => [
      `${user} ${seq}`,
      digestOf(task, data.status, data.progress),
    ]),
  );
  const readers = new Map<string, { user: string; next: number }>();
  for (const { user, reader, seq, digest } of factsOf(evidence, 'event')) {
    const state = readers.get(reader) ?? { user, next: 1 };
    if (seq !== state.next) faults.push(`${reader} was told ${seq} where ${state.next} was due`);
    if (digests.get(`${user} ${seq}`) !== digest) faults.push(`${reader} was told another ${seq} than the log has`);
    readers.set(reader, { user, next: seq + 1 });
  }
  for (const [reader, { user, next }] of readers) {
    const head = log.findLast(({ user_id: id }) => id === user)?.seq ?? 0;
    if (next !== head + 1) faults.push(`${reader} ended at ${next - 1}, the log at ${head}`);
  }
  return faults;
}
