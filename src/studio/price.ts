import { api, plain } from './client.ts';
import { h } from './h.ts';
import type { Task, TaskCreate, TaskEstimate } from './vendor/sdk.js';
import { minutes, money, t } from './words.ts';

const freshMs = 2000;
const asked = new Map<string, Promise<TaskEstimate>>();

/** Several cards may want the price of the same work in the same moment. */
function estimate(order: TaskCreate): Promise<TaskEstimate> {
  const key = JSON.stringify(order);
  const known = asked.get(key);
  if (known) return known;
  const answer = api().tasks.estimate(order);
  asked.set(key, answer);
  setTimeout(() => asked.delete(key), freshMs);
  return answer;
}

export const cost = (micros: number): string => (micros === 0 ? t('free') : money(micros));

/** What an order would cost and take now, and how much of it is there already. */
export async function quote(order: TaskCreate): Promise<{ words: string; reused: number }> {
  const { costMicros, expectedSeconds, stages } = await estimate(order);
  const words = t('estimateOf', { cost: cost(costMicros), time: minutes(expectedSeconds) });
  return { words, reused: stages.reduce((sum, stage) => sum + stage.reused, 0) };
}

/** Says what an order costs, beside the button that buys it. */
export function priceTag(order: TaskCreate | Promise<TaskCreate>): HTMLElement {
  const tag = h('p', { class: 'price-tag', 'aria-live': 'polite' }, t('estimating'));
  void Promise.resolve(order)
    .then(quote)
    .then(({ words }) => words, plain)
    .then((words) => tag.replaceChildren(words));
  return tag;
}

/** What is bought where a task is tried again: of a film with a screenplay, only what it lacks. */
export function orderAgain({ type, params }: Pick<Task, 'type' | 'params'>, screenplayId?: string): TaskCreate {
  const { render } = params;
  if (type === 'film' && screenplayId) return { type, params: { screenplayId, ...(render && { render }) } };
  return { type, params } as TaskCreate;
}
