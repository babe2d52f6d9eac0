import { api, plain } from './client.ts';
import { action } from './fields.ts';
import { followShelf, type Shelf } from './followShelf.ts';
import { h } from './h.ts';
import type { Page } from './main.ts';
import { patch } from './patch.ts';
import { orderAgain, priceTag } from './price.ts';
import { type Place, removal } from './removal.ts';
import { card, isBusy, looksOf, type Shelved, tell } from './shelf.ts';
import { takeUp } from './takeUp.ts';
import { t } from './words.ts';

/** One's films with their posters, and what was ordered and has no screenplay. */
export function library(signal: AbortSignal): Page {
  const grid = h('div', { class: 'shelf', 'aria-busy': true });
  const fault = h('p', { class: 'problem', role: 'alert' });
  const first = firstIdeas();
  first.hidden = true;
  const rest = h('div', {});
  const said = (error: unknown) => {
    if (!signal.aborted) fault.textContent = plain(error);
  };
  const show = (shelf: Shelf) => {
    if (!rest.firstChild) rest.append(more(shelf, grid, fault));
    fillShelf(grid, shelf, (item) => waysOf(item, { page: signal, after: shelf.load, fault }));
    grid.removeAttribute('aria-busy');
    grid.hidden = shelf.items.length === 0;
    first.hidden = !grid.hidden;
    rest.hidden = !shelf.hasMore;
  };
  followShelf({ signal, show, said });
  const heading = h('div', { class: 'heading' }, h('h1', {}, t('library')), start());
  return {
    element: h('section', {}, heading, grid, first, rest, fault),
    title: `${t('library')} · ${t('studio')}`,
  };
}

const start = () => h('a', { class: 'main', href: '#/new' }, t('newFilm'));

function fillShelf(grid: HTMLElement, { items, held }: Shelf, ways: (item: Shelved) => HTMLElement[]): void {
  patch(grid, items, { key: ({ id }) => id, signature: looksOf, make: (item) => card(item, ways(item)) });
  for (const [at, item] of items.entries()) {
    const place = grid.children[at];
    if (place instanceof HTMLElement) tell(place, item, held.has(item.task?.id ?? ''));
  }
}

function waysOf({ film, task }: Shelved, place: Place): HTMLElement[] {
  if (task && isBusy(task)) return [];
  if (film) return [removal(film, place)];
  const again = async () => {
    await takeUp(task.id);
    await place.after();
  };
  const order = api()
    .tasks.get(task.id)
    .then((whole) => orderAgain(whole));
  return [action(t('tryAgain'), again, place.fault), priceTag(order)];
}

const more = (shelf: Shelf, grid: HTMLElement, fault: HTMLElement) => {
  const next = async () => {
    const before = grid.children.length;
    await shelf.more();
    grid.children[before]?.querySelector('a')?.focus();
  };
  return action(t('more'), next, fault);
};

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
