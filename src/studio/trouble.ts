import { api } from './client.ts';
import { action } from './fields.ts';
import type { FilmState, StepOfTask } from './filmState.ts';
import { h } from './h.ts';
import { orderAgain, priceTag } from './price.ts';
import { isActive } from './progress.ts';
import { takeUp } from './takeUp.ts';
import type { Task } from './vendor/sdk.js';
import { money, t } from './words.ts';

type Step = Task['steps'][number];

const isTrouble = ({ status }: Step): boolean => status === 'failed' || status === 'dead' || status === 'needs_review';

export const troubleOf = (steps: StepOfTask[]): StepOfTask | undefined => steps.find(({ step }) => isTrouble(step));

/** What went wrong with one part of the film, and the way on. */
export function trouble(state: FilmState, found: StepOfTask | undefined, fault: HTMLElement): HTMLElement | false {
  if (!found) return false;
  const { step, task } = found;
  if (step.status === 'needs_review') return doubt(found, state.refresh, fault);
  const retry = async () => {
    await takeUp(task.id);
    await state.follow(task.id, task.id === state.task?.id);
  };
  if (isActive(task)) return told(step, h('p', { class: 'left' }, t('othersFirst')));
  const price = priceTag(orderAgain(task, state.screenplayId));
  return told(step, h('div', { class: 'buttons' }, action(t('tryAgain'), retry, fault), price));
}

/** A paid call whose answer was lost: what it may have cost, and the two ways on, of which only the person can choose. */
export function doubt({ step, task }: StepOfTask, after: () => unknown, fault: HTMLElement): HTMLElement {
  const decide = (decision: 'retry' | 'accept_loss') => async () => {
    await api().tasks.resolveStep(task.id, step.id, { decision });
    await after();
  };
  return told(
    step,
    step.costMicros !== null && h('p', {}, t('mayHaveCost', { cost: money(step.costMicros) })),
    h(
      'div',
      { class: 'buttons' },
      action(t('buyAgain'), decide('retry'), fault),
      action(t('acceptLoss'), decide('accept_loss'), fault),
    ),
  );
}

const told = ({ error }: Step, ...ways: (HTMLElement | false)[]): HTMLElement =>
  h('div', { class: 'trouble', role: 'group' }, h('p', {}, error?.detail ?? t('failed')), ...ways);
