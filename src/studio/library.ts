import { api, here, plain } from './client.ts';
import { patiently } from './connection.ts';
import { h } from './h.ts';
import type { Page } from './main.ts';
import type { ScreenplayItem, TaskSummary } from './vendor/sdk.js';
import { day, t } from './words.ts';

/** One's films with their posters, and those that have no screenplay yet. */
export function library(signal: AbortSignal): Page {
  const grid = h('div', { class: 'shelf', 'aria-busy': true });
  const element = h('section', {}, h('div', { class: 'heading' }, h('h1', {}, t('library')), start()), grid);
  patiently(() => load(grid, signal), signal).catch((error) => {
    if (!signal.aborted) grid.replaceChildren(h('p', { class: 'problem', role: 'alert' }, plain(error)));
  });
  return { element, title: `${t('library')} · ${t('studio')}` };
}

const start = () => h('a', { class: 'main', href: '#/new' }, t('newFilm'));

async function load(grid: HTMLElement, signal: AbortSignal): Promise<void> {
  const [films, tasks] = await Promise.all([
    api().screenplays.list({ pageSize: 60, signal }),
    api().tasks.list({ pageSize: 20, signal }),
  ]);
  const written = new Set(films.items.map(({ taskId }) => taskId));
  const begun = tasks.items.filter(
    ({ id, type, status }) =>
      !written.has(id) &&
      (type === 'film' || type === 'screenplay') &&
      (status === 'pending' || status === 'processing'),
  );
  grid.removeAttribute('aria-busy');
  grid.replaceChildren(...begun.map(inProgress), ...films.items.map(poster));
  grid.hidden = grid.children.length === 0;
  if (grid.hidden) grid.after(firstIdeas());
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
    { class: 'poster', href: `#/tasks/${id}` },
    h('div', { class: 'frame developing' }),
    h('h2', {}, t('inProgress')),
    h('p', {}, day(createdAt)),
  );

const poster = ({ id, title, status, posterUrl, sceneCount, createdAt }: ScreenplayItem) =>
  h(
    'a',
    { class: 'poster', href: `#/films/${id}` },
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
