import { api, plain } from './client.ts';
import { patiently } from './connection.ts';
import { problem } from './fields.ts';
import { h } from './h.ts';
import { live } from './live.ts';
import type { Page } from './main.ts';
import { isHeld } from './pace.ts';
import { isActive, progressBar } from './progress.ts';
import { doubt } from './trouble.ts';
import { t } from './words.ts';

/** A film that has no screenplay yet; as soon as it has one, its storyboard takes over. */
export function taskPage(taskId: string, signal: AbortSignal): Page {
  const fault = problem();
  const bar = progressBar(taskId, fault);
  const board = h(
    'div',
    { class: 'board' },
    ...Array.from({ length: 4 }, () => h('div', { class: 'scene' }, h('div', { class: 'frame developing' }))),
  );
  const doubts = h('div', { class: 'doubts' });
  const head = h('h1', {}, t('inProgress'));
  const element = h('section', { class: 'film' }, head, bar.element, doubts, fault, board);
  const look = async () => {
    const task = await api().tasks.get(taskId, { signal });
    bar.show(task);
    const held = task.steps.filter(({ status }) => status === 'needs_review');
    doubts.replaceChildren(...held.map((step) => doubt({ step, task }, look, fault)));
    board.classList.toggle('still', !isActive(task) || isHeld(task));
    const { items } = await api().screenplays.list({ pageSize: 20, signal });
    const found = items.find((item) => item.taskId === taskId);
    if (found && !signal.aborted) location.replace(`#/films/${found.id}`);
  };
  const again = () =>
    patiently(look, signal).catch((error) => {
      if (!signal.aborted) fault.textContent = plain(error);
    });
  live({ hear: (event) => void ('taskId' in event && event.taskId === taskId && again()), caughtUp: again }, signal);
  void again();
  return { element, title: t('inProgress') };
}
