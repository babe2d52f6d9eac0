import { type Desk, deed, moment, type Part, part, table } from './adminDesk.ts';
import { isAdminWord, w } from './adminWords.ts';
import { api } from './client.ts';
import { h } from './h.ts';
import type { QueueStep } from './vendor/sdk.js';
import { minutes } from './words.ts';

const stateOf = (status: string): string => (isAdminWord(status) ? w(status) : status);

/** What the whole service has to do, and what of it needs somebody. */
export function queuePart(desk: Desk): Part {
  const only = h('input', { type: 'checkbox', checked: true });
  const choose = h('label', { class: 'switch' }, only, w('onlyStuck'));
  const queue = part(desk, 'queue', () => look(desk, only.checked), choose);
  only.addEventListener('change', () => void queue.load());
  return queue;
}

async function look(desk: Desk, onlyStuck: boolean): Promise<Node[]> {
  const { signal } = desk;
  const { admin } = api();
  const [sums, ...pages] = await Promise.all([
    admin.queue({ signal }),
    ...(onlyStuck
      ? (['dead', 'needs_review'] as const).map((status) => admin.listQueueSteps({ status, pageSize: 50, signal }))
      : [admin.listQueueSteps({ pageSize: 50, signal })]),
  ]);
  const figures = sums.steps.map(({ kind, status, count, oldestSeconds }) => [
    ...[kind, stateOf(status), count],
    oldestSeconds > 0 ? minutes(oldestSeconds) : '',
  ]);
  const steps = pages.flatMap(({ items }) => items).map((step) => row(desk, step));
  return [
    h('p', {}, w('tasksOpen', { ...sums.tasks, live: sums.workers.live })),
    table(w('queue'), ['kind', 'state', 'count', 'oldest'], figures),
    table(w('kind'), ['kind', 'state', 'user', 'since', 'fault', 'actions'], steps),
  ];
}

function row(desk: Desk, step: QueueStep) {
  const { kind, status, username, updatedAt, error, paused } = step;
  const state = paused ? `${stateOf(status)} · ${w('paused')}` : stateOf(status);
  return [kind, state, username, moment(updatedAt), error?.detail ?? '', buttons(desk, step)];
}

function buttons(desk: Desk, { id, kind, username, status }: QueueStep): HTMLElement {
  const { admin } = api();
  const about = `${kind}, ${username}`;
  const resolve = (decision: 'retry' | 'accept_loss') => (reason: string) =>
    admin.resolveDoubt(id, { decision, reason });
  return h(
    'div',
    { class: 'buttons' },
    status === 'dead' && deed(desk, 'redrive', about, (reason) => admin.redriveStep(id, { reason })),
    status === 'needs_review' && deed(desk, 'retry', about, resolve('retry')),
    status === 'needs_review' && deed(desk, 'acceptLoss', about, resolve('accept_loss')),
  );
}
