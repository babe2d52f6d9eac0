import { api } from './client.ts';
import { patiently } from './connection.ts';
import { problem } from './fields.ts';
import { h } from './h.ts';
import { live } from './live.ts';
import type { Page } from './main.ts';
import { nothing } from './nothing.ts';
import { isHeld } from './pace.ts';
import { patch } from './patch.ts';
import { isActive, progressBar } from './progress.ts';
import { doubt } from './trouble.ts';
import { onceIn, oneByOne } from './turns.ts';
import type { Task } from './vendor/sdk.js';
import { t } from './words.ts';

const soonMs = 300;

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
  const idea = h('p', { class: 'idea-said' });
  const element = h('section', { class: 'film', 'aria-busy': true }, head, idea, bar.element, doubts, fault, board);
  const inTurn = oneByOne();
  const look = async () => {
    const task = await api().tasks.get(taskId, { signal });
    head.textContent = headingOf(task);
    idea.textContent = task.params.prompt ?? '';
    bar.show(task);
    const held = task.steps.filter(({ status }) => status === 'needs_review');
    patch(doubts, held, {
      key: ({ id }) => id,
      signature: ({ error, costMicros }) => JSON.stringify([error?.detail, costMicros]),
      make: (step) => doubt({ step, task }, again, fault),
    });
    element.removeAttribute('aria-busy');
    board.hidden = !isActive(task);
    board.classList.toggle('still', isHeld(task));
    const screenplayId = task.result && 'screenplayId' in task.result ? task.result.screenplayId : undefined;
    if (screenplayId && !signal.aborted) location.replace(`#/films/${screenplayId}`);
  };
  const again = () =>
    patiently(() => inTurn(look), signal).catch((error) => {
      if (signal.aborted) return;
      element.removeAttribute('aria-busy');
      element.replaceChildren(...nothing(error));
    });
  const soon = onceIn(soonMs, again);
  live({ hear: (event) => void ('taskId' in event && event.taskId === taskId && soon()), caughtUp: soon }, signal);
  void again();
  return { element, title: t('inProgress') };
}

function headingOf(task: Pick<Task, 'status'>): string {
  if (isActive(task)) return t('inProgress');
  return t(task.status === 'cancelled' ? 'notFilmed' : 'notMadeYet');
}
