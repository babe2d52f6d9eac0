import type { Random } from '../random.ts';
import type { Cluster } from './cluster.ts';
import type { Person } from './people.ts';

interface Standing {
  id: string;
  user_id: string;
  status: string;
}

const retriesPerTask = 6;
const atOnce = 10;

/** What people do about their tasks: decide what is in doubt, try again what failed, cancel now and then. */
export function createCare(cluster: Cluster, random: Random, people: Person[]) {
  const retried = new Map<string, number>();
  const personOf = (id: string) => people.find((person) => person.id === id);
  const retry = async (task: Standing) => {
    retried.set(task.id, (retried.get(task.id) ?? 0) + 1);
    await personOf(task.user_id)?.call('POST', `/tasks/${task.id}/retry`);
    cluster.history.record({ type: 'retried', user: task.user_id, taskId: task.id });
  };
  return {
    async look(): Promise<void> {
      await decideDoubts(cluster, random, personOf);
      const ended = await tasksIn(cluster, ['failed', 'cancelled']);
      const due = ended.filter(({ id }) => (retried.get(id) ?? 0) < retriesPerTask).slice(0, atOnce);
      await Promise.all(due.map(retry));
    },
    async cancelOne(): Promise<void> {
      const open = await tasksIn(cluster, ['pending', 'processing']);
      if (open.length === 0) return;
      const task = random.pick(open);
      await personOf(task.user_id)?.call('POST', `/tasks/${task.id}/cancel`);
      cluster.history.record({ type: 'cancelled', user: task.user_id, taskId: task.id });
    },
    open: async (): Promise<number> => (await tasksIn(cluster, ['pending', 'processing'])).length,
  };
}

/** Without those whose budget is used up: nothing but more money would help. */
async function tasksIn({ db }: Cluster, statuses: string[]): Promise<Standing[]> {
  return db('tasks')
    .whereIn('status', statuses)
    .whereRaw("error ->> 'code' is distinct from '5001'")
    .select<Standing[]>('id', 'user_id', 'status')
    .limit(500);
}

async function decideDoubts(
  cluster: Cluster,
  random: Random,
  personOf: (id: string) => Person | undefined,
): Promise<void> {
  const doubts = await cluster
    .db('steps')
    .where({ status: 'needs_review' })
    .select<{ id: string; task_id: string; user_id: string }[]>('id', 'task_id', 'user_id');
  for (const { id: stepId, task_id: taskId, user_id: user } of doubts) {
    const decision = random.chance(0.7) ? 'retry' : 'accept_loss';
    const path = `/tasks/${taskId}/steps/${stepId}/resolve`;
    const answer = await personOf(user)?.call('POST', path, { decision });
    if (answer?.status === 200) cluster.history.record({ type: 'decided', user, taskId, stepId, decision });
  }
}
