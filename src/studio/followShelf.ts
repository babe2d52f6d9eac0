import { api } from './client.ts';
import { patiently } from './connection.ts';
import { live } from './live.ts';
import { isBusy, type Shelved } from './shelf.ts';
import { onceIn, oneByOne } from './turns.ts';
import type { ScreenplayItem, StreamEvent, TaskItem } from './vendor/sdk.js';

const shelfLength = 24;
const ordersLooked = 50;
/** Figures are told at once as they are heard; posters and titles are asked for this often at most. */
const soonMs = 2000;

export interface Shelf {
  items: readonly Shelved[];
  /** Tasks that wait for a decision: they would wait for ever unseen. */
  held: ReadonlySet<string>;
  hasMore: boolean;
  load(): Promise<void>;
  more(): Promise<void>;
}

interface Following {
  signal: AbortSignal;
  show(shelf: Shelf): void;
  said(error: unknown): void;
}

/** Keeps the shelf true for as long as its page is there, whoever makes or changes a film and from where. */
export function followShelf({ signal, show, said }: Following): void {
  const held = new Set<string>();
  const looked = new Set<string>();
  let films: ScreenplayItem[] = [];
  let orders: TaskItem[] | undefined;
  let pages = 1;

  const inTurn = oneByOne();
  const load = () => inTurn(look);
  const look = async () => {
    const shelves = Array.from({ length: pages }, (_, at) =>
      api().screenplays.list({ page: at + 1, pageSize: shelfLength, signal }),
    );
    const [begun, ...read] = await Promise.all([ordersNow(signal), ...shelves]);
    // A film made meanwhile moves the others on to the next page.
    films = [...new Map(read.flatMap(({ items }) => items).map((film) => [film.id, film])).values()];
    await lookForHeld(begun);
    orders = begun;
    shelf.hasMore = pages * shelfLength < (read[0]?.total ?? 0);
    tell(begun);
  };
  const shelf: Shelf = {
    items: [],
    held,
    hasMore: false,
    load,
    more: () => {
      pages += 1;
      return load();
    },
  };
  const tell = (begun: readonly TaskItem[]) => {
    shelf.items = shelvedOf(films, begun);
    show(shelf);
  };
  /** Once for each: what comes to wait from now on is heard. */
  const lookForHeld = async (begun: readonly TaskItem[]) => {
    const working = begun.filter(({ status, id }) => status === 'processing' && !looked.has(id));
    const told = await Promise.all(working.map(({ id }) => api().tasks.progress(id, { signal })));
    for (const { taskId, details } of told) note(taskId, details.needsReview);
  };
  const note = (taskId: string, needsReview: unknown) => {
    looked.add(taskId);
    if (needsReview) held.add(taskId);
    else held.delete(taskId);
  };
  const soon = onceIn(soonMs, () => signal.aborted || patiently(load, signal).catch(said));
  const hear = (event: StreamEvent) => {
    if (event.type !== 'task.progress') return;
    const { taskId, data } = event;
    note(taskId, data.details.needsReview);
    orders = orders?.map((order) => (order.id === taskId ? { ...order, ...standingIn(data) } : order));
    if (orders) tell(orders);
    soon();
  };
  patiently(load, signal)
    .catch(said)
    .finally(() => live({ hear, caughtUp: soon }, signal));
}

const standingIn = ({ status, progress }: Pick<TaskItem, 'status' | 'progress'>) => ({ status, progress });

/** The latest films and screenplays asked for, whatever has become of them. */
async function ordersNow(signal: AbortSignal): Promise<TaskItem[]> {
  const types = (['film', 'screenplay'] as const).map((type) =>
    api().tasks.list({ type, pageSize: ordersLooked, signal }),
  );
  const items = (await Promise.all(types)).flatMap((page) => page.items);
  return items.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
}

/** Orders without a screenplay among the films, the newest first; a film that is being made carries its task, and stays what it was as an order. */
function shelvedOf(films: readonly ScreenplayItem[], orders: readonly TaskItem[]): Shelved[] {
  const written = new Set(films.map(({ taskId }) => taskId));
  const bare = orders.filter(
    ({ id, screenplayId, status }) => screenplayId === null && status !== 'completed' && !written.has(id),
  );
  const filmed = films.map((film) => ({ id: film.taskId, film, task: busyWith(film, orders) }));
  const all: Shelved[] = [...bare.map((task) => ({ id: task.id, task })), ...filmed];
  const bornOf = ({ film, task }: Shelved) => (film ?? task)?.createdAt.getTime() ?? 0;
  return all.sort((a, b) => bornOf(b) - bornOf(a));
}

const busyWith = (film: ScreenplayItem, orders: readonly TaskItem[]): TaskItem | undefined =>
  orders.find((order) => isBusy(order) && (order.id === film.taskId || order.screenplayId === film.id));
