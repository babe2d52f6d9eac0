import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../random.ts';
import type { createCare } from './care.ts';
import type { Cluster } from './cluster.ts';
import { type OrderType, order, type Person } from './people.ts';

/** A person, or the campaign's own look into the database, that met one of the faults: it tries again later. */
export function awayFor(what: string, { history }: Cluster): (error: unknown) => undefined {
  return (error) =>
    void history.record({ type: 'away', what, why: error instanceof Error ? error.message : `${error}` });
}

interface Busy {
  random: Random;
  people: Person[];
  care: ReturnType<typeof createCare>;
  state: { over: boolean; steps: number };
  load: number;
  /** What is ordered next. */
  wishes: OrderType[];
}

export const wishesAtMost = 8;
const ordersAtOnce = 24;

/** Keeps so many tasks open, and up to twice as many where something is wished for, people looking after theirs, and the count of what is finished; none of them waits for the others. */
export async function keepBusy(cluster: Cluster, busy: Busy): Promise<void> {
  const { care, state } = busy;
  const again = async (everyMs: number, act: () => Promise<void>) => {
    while (!state.over) {
      await act().catch(awayFor('a person', cluster));
      await delay(everyMs);
    }
  };
  const count = async () => {
    const [done] = await cluster.db('fault_audit').where({ to_status: 'done' }).count<{ n: string }[]>({ n: '*' });
    state.steps = Number(done?.n ?? 0);
  };
  await Promise.all([keepOrdering(cluster, busy), again(300, care.look), again(500, count)]);
}

/** An order that meets a node which is frozen or gone waits by itself. */
async function keepOrdering(cluster: Cluster, { random, people, care, state, load, wishes }: Busy): Promise<void> {
  const under = new Set<Promise<void>>();
  const start = (wish: OrderType | undefined) => {
    const ordering = order(cluster, random, random.pick(people), wish)
      .catch(awayFor('an order', cluster))
      .finally(() => under.delete(ordering));
    under.add(ordering);
  };
  while (!state.over) {
    const open = await care.open().catch(awayFor('a look', cluster));
    const missing = open === undefined ? 0 : load - open - under.size;
    const wished = missing > -load ? wishes.length : 0;
    const room = ordersAtOnce - under.size;
    for (let n = Math.min(Math.max(missing, wished), room); n > 0; n -= 1) start(wishes.shift());
    await delay(150);
  }
  await Promise.all(under);
}
