import { cast } from './cast.ts';
import { api, plain } from './client.ts';
import { problem } from './fields.ts';
import { type FilmState, findTask } from './filmState.ts';
import { h } from './h.ts';
import type { Page } from './main.ts';
import { player } from './player.ts';
import { production } from './production.ts';
import { isActive, progressBar } from './progress.ts';
import { storyboard } from './storyboard.ts';
import { titleLine } from './titleLine.ts';
import { t } from './words.ts';

/** A film as a storyboard that fills while it is made, and that can be changed before and after. */
export function filmPage(screenplayId: string, signal: AbortSignal): Page {
  const fault = problem();
  const state: FilmState = { screenplayId, signal, screenplay: undefined, task: undefined, refresh, follow };
  const bar = progressBar('', fault);
  const parts = [titleLine(state), player(state), production(state, fault), cast(state), storyboard(state)];
  const element = h(
    'section',
    { class: 'film' },
    parts[0]?.element,
    bar.element,
    fault,
    ...parts.slice(1).map((part) => part.element),
  );
  bar.element.hidden = true;
  const seen = new Set<string>();

  async function refresh(): Promise<void> {
    const [screenplay, task] = await Promise.all([
      api().screenplays.get(screenplayId, { signal }),
      state.task ? api().tasks.get(state.task.id, { signal }) : undefined,
    ]);
    state.screenplay = screenplay;
    state.task = task ?? (await findTask(screenplay, signal));
    document.title = `${screenplay.title || t('untitled')} · ${t('studio')}`;
    if (state.task) bar.show(state.task);
    bar.element.hidden = !state.task || state.task.status === 'completed';
    for (const part of parts) part.show();
    if (state.task && isActive(state.task)) void follow(state.task.id, true);
  }

  async function follow(taskId: string, isFilm = false): Promise<void> {
    if (seen.has(taskId)) return;
    seen.add(taskId);
    if (isFilm) state.task = await api().tasks.get(taskId, { signal });
    const soon = coalesced(refresh, 400);
    for await (const { data } of api().tasks.stream(taskId, { signal, reconnectForMs: 3_600_000 })) {
      if (isFilm && state.task) bar.show({ ...state.task, ...data });
      soon();
    }
    seen.delete(taskId);
    await refresh();
  }

  const said = (error: unknown) => {
    if (!signal.aborted) fault.textContent = plain(error);
  };
  addEventListener('film-begun', (event) => void follow((event as CustomEvent<string>).detail, true).catch(said), {
    signal,
  });
  addEventListener('online', () => void refresh().catch(said), { signal });
  refresh().catch(said);
  return { element, title: t('studio') };

  /** At once for the first call, then once per span however often it is called. */
  function coalesced(work: () => Promise<void>, ms: number): () => void {
    let waiting = false;
    return () => {
      if (waiting) return;
      waiting = true;
      setTimeout(() => {
        waiting = false;
        if (!signal.aborted) work().catch(said);
      }, ms);
    };
  }
}
