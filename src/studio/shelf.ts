import { here, lasting } from './client.ts';
import { h } from './h.ts';
import type { ScreenplayItem, TaskItem } from './vendor/sdk.js';
import { day, t } from './words.ts';

/** What stands on the shelf: a film with its screenplay, or an order that has none; `task` is what is being made of it now, `id` of the order it began with. */
export type Shelved = { id: string; task: TaskItem | undefined } & (
  | { film: ScreenplayItem; task: TaskItem | undefined }
  | { film?: undefined; task: TaskItem }
);

export const isBusy = ({ status }: Pick<TaskItem, 'status'>): boolean =>
  status === 'pending' || status === 'processing';

/** What of a card cannot be told in place: where it changes, the card is made anew. */
export function looksOf(item: Shelved): string {
  const { film, task } = item;
  const poster = [film?.title, film?.sceneCount, lasting(film?.posterUrl)];
  return JSON.stringify([document.documentElement.lang, task?.prompt, task && isBusy(task), ...poster]);
}

/** A poster, and under it what can be done. */
export function card(item: Shelved, ways: HTMLElement[]): HTMLElement {
  const { film, task } = item;
  const link = h(
    'a',
    {
      class: 'poster',
      href: film ? `#/films/${film.id}` : `#/tasks/${task?.id}`,
      'data-task': film?.taskId ?? task?.id,
    },
    h(
      'div',
      { class: 'frame' },
      film?.posterUrl && h('img', { src: here(film.posterUrl), alt: '', loading: 'lazy' }),
      h('span', { class: 'percent' }),
    ),
    h('h2', {}, (film ? film.title : task?.prompt) || t('untitled')),
    h('p', {}),
  );
  return h('div', { class: 'shelved' }, link, ways.length > 0 && h('div', { class: 'buttons' }, ...ways));
}

/** Where it stands, told in a card that is there. `held` waits for a decision: it would wait for ever unseen. */
export function tell(element: HTMLElement, item: Shelved, held: boolean): void {
  const { film, task } = item;
  const busy = task !== undefined && isBusy(task);
  element.querySelector('.frame')?.classList.toggle('developing', busy && !held);
  put(element.querySelector('.percent'), busy ? `${task.progress} %` : '');
  const words = busy && held ? t('held') : standing(item);
  const line = element.querySelector('p');
  line?.classList.toggle('held', busy && held);
  put(line, `${words} · ${day((film ?? task)?.createdAt ?? new Date())}`);
}

function put(element: Element | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}

/** A film that is there stays finished, whatever of it was changed since. */
function standing({ film, task }: Shelved): string {
  if (task && isBusy(task)) return t(task.status === 'pending' ? 'status_pending' : 'status_generating');
  if (!film) return t(task?.status === 'cancelled' ? 'status_cancelled' : 'status_failed');
  if (film.filmState === 'missing' || film.status === 'failed') return t(`status_${film.status}`);
  return film.filmState === 'current' ? t('status_completed') : t('finishedStale');
}
