import { api } from './client.ts';
import { problem } from './fields.ts';
import type { FilmPart, FilmState } from './filmState.ts';
import { h } from './h.ts';
import { t } from './words.ts';

/** The title, which is a field of its own, and where the film stands. */
export function titleLine(state: FilmState): FilmPart {
  const fault = problem();
  const input = h('input', { class: 'title', 'aria-label': t('title'), maxlength: 100 });
  const status = h('p', { class: 'status' }, ' ');
  input.addEventListener('change', () => {
    api()
      .screenplays.update(state.screenplayId, { title: input.value })
      .then(state.refresh, (error: Error) => {
        fault.textContent = error.message;
      });
  });
  const heading = h('h1', { class: 'unseen' }, ' ');
  const show = () => {
    if (!state.screenplay) return;
    const { title, status: where } = state.screenplay;
    heading.textContent = title;
    if (document.activeElement !== input) input.value = title;
    status.textContent = t(`status_${where}`);
  };
  return { element: h('div', { class: 'titleLine' }, status, heading, input, fault), show };
}
