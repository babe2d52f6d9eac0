import { api, here, plain } from './client.ts';
import { patiently } from './connection.ts';
import { action } from './fields.ts';
import { h } from './h.ts';
import type { Page } from './main.ts';
import type { ScreenplayItem, TaskSummary } from './vendor/sdk.js';
import { day, t } from './words.ts';

const shelfLength = 24;

/** One's films with their posters, and those that have no screenplay yet. */
export function library(signal: AbortSignal): Page {
  const grid = h('div', { class: 'shelf', 'aria-busy': true });
  const fault = h('p', { class: 'problem', role: 'alert' });
  const shown = new Set<string>();
  let pages = 0;
  const next = async () => {
    const { items, total } = await api().screenplays.list({ page: pages + 1, pageSize: shelfLength, signal });
    pages += 1;
    // A film made meanwhile moves the others on to the next page.
    const posters = items.filter(({ id }) => !shown.has(id)).map(poster);
    for (const { id } of items) shown.add(id);
    grid.append(...posters);
    more.hidden = pages * shelfLength >= total;
    if (pages > 1) posters[0]?.focus();
    return items;
  };
  const more = action(t('more'), next, fault);
  more.hidden = true;
  const heading = h('div', { class: 'heading' }, h('h1', {}, t('library')), start());
  const element = h('section', {}, heading, grid, more, fault);
  patiently(() => load(grid, next, signal), signal).catch((error) => {
    if (!signal.aborted) grid.replaceChildren(h('p', { class: 'problem', role: 'alert' }, plain(error)));
  });
  return { element, title: `${t('library')} · ${t('studio')}` };
}

const start = () => h('a', { class: 'main', href: '#/new' }, t('newFilm'));

/** The first page, after what was begun and is not written yet. */
async function load(grid: HTMLElement, next: () => Promise<ScreenplayItem[]>, signal: AbortSignal): Promise<void> {
  const tasks = await api().tasks.list({ pageSize: 20, signal });
  const films = await next();
  const written = new Set(films.map(({ taskId }) => taskId));
  const begun = tasks.items.filter(
    ({ id, type, status }) =>
      !written.has(id) &&
      (type === 'film' || type === 'screenplay') &&
      (status === 'pending' || status === 'processing'),
  );
  grid.removeAttribute('aria-busy');
  grid.prepend(...begun.map(inProgress));
  grid.hidden = grid.children.length === 0;
  if (grid.hidden) grid.after(firstIdeas());
  const working = tasks.items.filter(({ status }) => status === 'processing');
  await Promise.all(working.map(({ id }) => patiently(() => markHeld(grid, id, signal), signal)));
}

/** A film that waits for a decision says so: it would wait for ever unseen. */
async function markHeld(grid: HTMLElement, taskId: string, signal: AbortSignal): Promise<void> {
  const { details } = await api().tasks.progress(taskId, { signal });
  const said = details.needsReview && grid.querySelector(`[data-task="${taskId}"] p`);
  if (said) said.replaceChildren(h('strong', { class: 'held' }, t('held')));
}

/** An empty shelf: three sentences to begin with. */
const firstIdeas = () =>
  h(
    'div',
    { class: 'first' },
    h('p', { class: 'empty' }, t('emptyLibrary')),
    h(
      'ul',
      { class: 'shelf' },
      ...(['idea1', 'idea2', 'idea3'] as const).map((idea) =>
        h('li', {}, h('a', { class: 'idea-card', href: `#/new/${encodeURIComponent(t(idea))}` }, t(idea))),
      ),
    ),
  );

const inProgress = ({ id, createdAt }: TaskSummary) =>
  h(
    'a',
    { class: 'poster', href: `#/tasks/${id}`, 'data-task': id },
    h('div', { class: 'frame developing' }),
    h('h2', {}, t('inProgress')),
    h('p', {}, day(createdAt)),
  );

const poster = ({ id, taskId, title, status, posterUrl, sceneCount, createdAt }: ScreenplayItem) =>
  h(
    'a',
    { class: 'poster', href: `#/films/${id}`, 'data-task': taskId },
    h(
      'div',
      { class: 'frame' },
      posterUrl
        ? h('img', { src: here(posterUrl), alt: '', loading: 'lazy' })
        : h('span', { class: 'count', 'aria-hidden': 'true' }, sceneCount),
    ),
    h('h2', {}, title || t('untitled')),
    h('p', {}, `${t(`status_${status}`)} · ${day(createdAt)}`),
  );
