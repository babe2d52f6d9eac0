import { api, plain } from './client.ts';
import { problem } from './fields.ts';
import type { FilmPart, FilmState } from './filmState.ts';
import { h } from './h.ts';
import type { Screenplay, Task } from './vendor/sdk.js';
import { t } from './words.ts';

/** Where the film stands; nothing where the progress says it already. A film stays finished, whatever was changed since. */
function standing({ film, filmState, status }: Screenplay, task: Task | undefined): string {
  if (task?.status === 'failed' || task?.status === 'cancelled') return ' ';
  if (!film || status === 'generating') return t(`status_${status}`);
  return t(filmState === 'current' ? 'status_completed' : 'finishedStale');
}

/** The title, which is a field of its own, and where the film stands. */
export function titleLine(state: FilmState): FilmPart {
  const fault = problem();
  const input = h('textarea', { class: 'title', rows: 1, 'aria-label': t('title'), maxlength: 100 });
  const status = h('p', { class: 'status' }, ' ');
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    input.blur();
  });
  input.addEventListener('change', () => {
    const title = input.value.replaceAll(/\s+/g, ' ').trim();
    fault.textContent = '';
    api()
      .screenplays.update(state.screenplayId, { title })
      .then(state.refresh, (error) => {
        fault.textContent = plain(error);
      });
  });
  const heading = h('h1', { class: 'unseen' }, ' ');
  const show = () => {
    if (!state.screenplay) return;
    const { title } = state.screenplay;
    heading.textContent = title;
    if (document.activeElement !== input && input.value !== title) input.value = title;
    status.textContent = standing(state.screenplay, state.task);
  };
  return { element: h('div', { class: 'titleLine' }, status, heading, input, fault), show };
}
