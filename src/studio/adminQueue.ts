import { type Desk, deed, moment, type Pages, type Part, pageSize, pages, part, table } from './adminDesk.ts';
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
  const lists = listsOf(desk, () => queue.load());
  const queue = part(desk, 'queue', () => look(desk, only.checked ? lists.stuck : [lists.all]), choose);
  only.addEventListener('change', () => {
    for (const list of [lists.all, ...lists.stuck]) list.rewind();
    void queue.load();
  });
  return queue;
}

function listsOf(desk: Desk, again: () => Promise<void>): { all: Pages<QueueStep>; stuck: Pages<QueueStep>[] } {
  const { signal } = desk;
  const steps = (of: { status?: 'dead' | 'needs_review' }) =>
    pages(desk, (page) => api().admin.listQueueSteps({ ...of, ...{ page, pageSize, signal } }), again);
  return { all: steps({}), stuck: [steps({ status: 'dead' }), steps({ status: 'needs_review' })] };
}

async function look(desk: Desk, lists: Pages<QueueStep>[]): Promise<Node[]> {
  const { signal } = desk;
  const [sums, ...found] = await Promise.all([api().admin.queue({ signal }), ...lists.map((list) => list.look())]);
  const figures = sums.steps.map(({ kind, status, count, oldestSeconds }) => [
    ...[kind, stateOf(status), count],
    oldestSeconds > 0 ? minutes(oldestSeconds) : '',
  ]);
  const said = h('p', {}, w('tasksOpen', { ...sums.tasks, live: sums.workers.live }));
  if (figures.length === 0) return [said];
  const steps = found.flatMap(({ items, more }) => [
    ...(items.length > 0
      ? [
          table(
            w('kind'),
            stepHeads,
            items.map((step) => row(desk, step)),
          ),
        ]
      : []),
    ...(more ? [more] : []),
  ]);
  return [said, table(w('queue'), ['kind', 'state', 'count', 'oldest'], figures), ...steps];
}

const stepHeads = ['kind', 'state', 'user', 'since', 'fault', 'actions'] as const;

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
