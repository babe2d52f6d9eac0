import { api, plain } from './client.ts';
import { patiently } from './connection.ts';
import { type FilmState, findRemakes, findTask } from './filmState.ts';
import { live } from './live.ts';
import { isActive } from './progress.ts';
import { onceIn, oneByOne } from './turns.ts';
import type { ProgressData, StreamEvent, Task } from './vendor/sdk.js';

interface Following {
  screenplayId: string;
  signal: AbortSignal;
  fault: HTMLElement;
  /** Each step of the film's own task, as soon as it is heard of. */
  told(task: Task & Partial<ProgressData>): void;
  /** Something is new in the state. */
  show(): void;
  /** There is nothing to show: it could not be loaded even once. */
  missed(error: unknown): void;
}

/** The tasks of a film that are watched. */
interface Watched {
  /** Heard of already; another one is a reason to look at everything. */
  known: Set<string>;
  /** Make one picture, clip or sheet anew, and are not done. */
  remade: Set<string>;
  /** Who waits for the end of which, or until another has taken its place. */
  waiting: Set<{ taskId: string; over(): void }>;
}

const soonMs = 300;

/** Keeps a film's state true for as long as its page is there, whoever changes it and from where. */
export function followFilm(following: Following): FilmState {
  const { screenplayId, signal } = following;
  const watched: Watched = { known: new Set(), remade: new Set(), waiting: new Set() };
  const inTurn = oneByOne();
  const state: FilmState = {
    screenplayId,
    signal,
    screenplay: undefined,
    task: undefined,
    remakes: [],
    refresh: () => inTurn(load),
    async follow(taskId, isFilm = false) {
      const { promise, resolve: over } = Promise.withResolvers<void>();
      watched.known.add(taskId);
      // In its turn: an older look, still on its way, would put the former task in its place.
      const begun = inTurn(async () => {
        if (isFilm) state.task = await api().tasks.get(taskId, { signal });
        else watched.remade.add(taskId);
        watched.waiting.add({ taskId, over });
        await load();
      });
      begun.catch(() => watched.known.delete(taskId));
      await begun;
      await promise;
    },
  };
  const load = () => read(state, watched, following.show);
  listen(state, watched, following, () => inTurn(() => look(state, watched, load)));
  return state;
}

/** How it stands, with all that is known to be made of it. */
async function read(state: FilmState, { remade, waiting }: Watched, show: () => void): Promise<void> {
  const { screenplayId, signal } = state;
  const tasks = await Promise.all([...remade].map((id) => api().tasks.get(id, { signal })));
  const film = state.task && (await api().tasks.get(state.task.id, { signal }));
  state.screenplay = await api().screenplays.get(screenplayId, { signal });
  state.task = film ?? (await findTask(state.screenplay, signal));
  state.remakes = tasks.filter(({ status }) => status !== 'completed' && status !== 'cancelled');
  for (const { id, status } of tasks) if (status === 'completed' || status === 'cancelled') remade.delete(id);
  show();
  const active = new Set([state.task, ...tasks].filter(isActive).map(({ id }) => id));
  for (const waiter of waiting) {
    if (active.has(waiter.taskId)) continue;
    waiter.over();
    waiting.delete(waiter);
  }
}

/** Everything, and what was begun elsewhere. */
async function look(state: FilmState, { remade }: Watched, load: () => Promise<void>): Promise<void> {
  const { screenplayId, signal } = state;
  const screenplay = await api().screenplays.get(screenplayId, { signal });
  state.task = await findTask(screenplay, signal);
  for (const id of await findRemakes(screenplay, signal)) remade.add(id);
  await load();
}

/** Looks once, and from then on at what is heard of. */
function listen(state: FilmState, watched: Watched, following: Following, lookAtAll: () => Promise<void>): void {
  const { signal, fault, told, missed } = following;
  const said = (error: unknown) => {
    if (signal.aborted) return;
    if (!state.screenplay) return missed(error);
    fault.textContent = plain(error);
  };
  const soon = onceIn(soonMs, () => signal.aborted || patiently(state.refresh, signal).catch(said));
  const lookSoon = onceIn(soonMs, () => signal.aborted || patiently(lookAtAll, signal).catch(said));
  const hear = (event: StreamEvent) => {
    if (event.type !== 'task.progress') return;
    const { taskId, data } = event;
    if (taskId === state.task?.id) told({ ...state.task, ...data });
    if (taskId === state.task?.id || watched.remade.has(taskId)) return soon();
    if (!watched.known.has(taskId)) lookSoon();
    watched.known.add(taskId);
  };
  const begun = (event: Event) => void state.follow((event as CustomEvent<string>).detail, true).catch(said);
  addEventListener('film-begun', begun, { signal });
  patiently(lookAtAll, signal)
    .catch(said)
    .finally(() => live({ hear, caughtUp: lookSoon }, signal));
}
