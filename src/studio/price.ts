import { api, plain } from './client.ts';
import { h } from './h.ts';
import type { Task, TaskCreate } from './vendor/sdk.js';
import { minutes, money, t } from './words.ts';

export const cost = (micros: number): string => (micros === 0 ? t('free') : money(micros));

interface Quote {
  words: string;
  /** How much of it is there already. */
  reused: number;
}

/** What an order would cost and take now. */
export async function quote(order: TaskCreate): Promise<Quote> {
  const { costMicros, expectedSeconds, stages } = await api().tasks.estimate(order);
  const words = t('estimateOf', { cost: cost(costMicros), time: minutes(expectedSeconds) });
  return { words, reused: stages.reduce((sum, stage) => sum + stage.reused, 0) };
}

const asked = new Map<string, Promise<Quote>>();

/** Cards that are made together may want the price of the same work; what one is told later may be another. */
function quoteTogether(order: TaskCreate): Promise<Quote> {
  const key = JSON.stringify(order);
  const answer = asked.get(key) ?? quote(order);
  asked.set(key, answer);
  setTimeout(() => asked.delete(key));
  return answer;
}

/** Says what an order costs, beside the button that buys it. */
export function priceTag(order: TaskCreate | Promise<TaskCreate>): HTMLElement {
  const tag = h('p', { class: 'price-tag', 'aria-live': 'polite' }, t('estimating'));
  void Promise.resolve(order)
    .then(quoteTogether)
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
