import { cast } from './cast.ts';
import { problem } from './fields.ts';
import { files } from './files.ts';
import { followFilm } from './followFilm.ts';
import { h } from './h.ts';
import type { Page } from './main.ts';
import { nothing } from './nothing.ts';
import { player } from './player.ts';
import { production } from './production.ts';
import { progressBar } from './progress.ts';
import { shapeOf } from './shape.ts';
import { skeleton } from './skeleton.ts';
import { storyboard } from './storyboard.ts';
import { titleLine } from './titleLine.ts';
import { t } from './words.ts';

/** A film as a storyboard that fills while it is made, and that can be changed before and after. */
export function filmPage(screenplayId: string, signal: AbortSignal): Page {
  const fault = problem();
  const bar = progressBar('', fault, screenplayId);
  bar.element.hidden = true;
  const state = followFilm({ screenplayId, signal, fault, told: bar.show, show, missed });
  const [title, screen] = [titleLine(state), player(state)];
  const way = production(state, fault, screen.open);
  const saving = files(state, screen.element);
  const [people, scenes] = [cast(state), storyboard(state)];
  const parts = [title, screen, saving, way, people, scenes];
  const desk = h('div', { class: 'desk' }, screen.element, people.element, scenes.element);
  const now = h('div', { class: 'now' }, bar.element, saving.element, way.element, fault);
  const element = h('section', { class: 'film', 'aria-busy': true }, skeleton());
  return { element, title: t('studio') };

  function show(): void {
    const { task, screenplay } = state;
    if (element.hasAttribute('aria-busy')) element.replaceChildren(title.element, now, desk);
    element.removeAttribute('aria-busy');
    element.dataset.shape = shapeOf(state);
    document.title = `${screenplay?.title || t('untitled')} · ${t('studio')}`;
    bar.element.hidden = !task || task.status === 'completed';
    if (task) bar.show(task);
    for (const part of parts) part.show();
  }

  function missed(error: unknown): void {
    element.removeAttribute('aria-busy');
    element.replaceChildren(...nothing(error));
  }
}
