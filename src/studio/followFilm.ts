import { api, plain } from './client.ts';
import { patiently } from './connection.ts';
import { type FilmState, findRemakes, findTask } from './filmState.ts';
import { findSpoken } from './findSpoken.ts';
import { live } from './live.ts';
import { isActive } from './progress.ts';
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

/** Keeps a film's state true for as long as its page is there, whoever changes it and from where. */
export function followFilm({ screenplayId, signal, fault, told, show, missed }: Following): FilmState {
  const remade = new Set<string>();
  const known = new Set<string>();
  const waiting = new Map<string, () => void>();
  const state: FilmState = {
    screenplayId,
    signal,
    screenplay: undefined,
    task: undefined,
    remakes: [],
    spoken: undefined,
    refresh: () => inTurn(load),
    async follow(taskId, isFilm = false) {
      known.add(taskId);
      if (isFilm) state.task = await api().tasks.get(taskId, { signal });
      else remade.add(taskId);
      const over = new Promise<void>((done) => waiting.set(taskId, done));
      await state.refresh();
      await over;
      waiting.delete(taskId);
    },
  };

  const inTurn = oneByOne();
  const whatIsSaid = findSpoken(signal);

  async function load(): Promise<void> {
    const tasks = await Promise.all([...remade].map((id) => api().tasks.get(id, { signal })));
    const film = state.task && (await api().tasks.get(state.task.id, { signal }));
    state.screenplay = await api().screenplays.get(screenplayId, { signal });
    state.task = film ?? (await findTask(state.screenplay, signal));
    state.remakes = tasks.filter(({ status }) => status !== 'completed' && status !== 'cancelled');
    for (const { id, status } of tasks) if (status === 'completed' || status === 'cancelled') remade.delete(id);
    state.spoken = await whatIsSaid(state.screenplay).catch(() => undefined);
    show();
    for (const one of [state.task, ...tasks]) if (one && !isActive(one)) waiting.get(one.id)?.();
  }

  /** All that stands now, and what was begun elsewhere. */
  async function look(): Promise<void> {
    const screenplay = await api().screenplays.get(screenplayId, { signal });
    state.task = await findTask(screenplay, signal);
    for (const id of await findRemakes(screenplay, signal)) remade.add(id);
    await load();
  }

  const said = (error: unknown) => {
    if (signal.aborted) return;
    if (!state.screenplay) return missed(error);
    fault.textContent = plain(error);
  };
  const soon = onceIn(300, () => signal.aborted || patiently(state.refresh, signal).catch(said));
  const lookSoon = onceIn(300, () => signal.aborted || patiently(() => inTurn(look), signal).catch(said));
  const hear = (event: StreamEvent) => {
    if (event.type !== 'task.progress') return;
    const { taskId, data } = event;
    if (taskId === state.task?.id) told({ ...state.task, ...data });
    if (taskId === state.task?.id || remade.has(taskId)) return soon();
    if (!known.has(taskId)) lookSoon();
    known.add(taskId);
  };
  const begun = (event: Event) => void state.follow((event as CustomEvent<string>).detail, true).catch(said);
  addEventListener('film-begun', begun, { signal });
  patiently(() => inTurn(look), signal)
    .catch(said)
    .finally(() => live({ hear, caughtUp: lookSoon }, signal));
  return state;
}

/** An older answer must not come after a newer one. */
function oneByOne(): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** However often it is called: once in that time. */
function onceIn(ms: number, work: () => unknown): () => void {
  let isPlanned = false;
  return () => {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(() => {
      isPlanned = false;
      work();
    }, ms);
  };
}
