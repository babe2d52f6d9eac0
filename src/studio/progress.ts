import { api } from './client.ts';
import { action } from './fields.ts';
import { h } from './h.ts';
import { isHeld, measurePace } from './pace.ts';
import { orderAgain, priceTag } from './price.ts';
import { takeUp } from './takeUp.ts';
import type { ProgressData, Stage, Task } from './vendor/sdk.js';
import { minutes, t } from './words.ts';

export const isActive = ({ status }: Pick<Task, 'status'>): boolean => status === 'pending' || status === 'processing';

const stages = {
  writeScreenplay: 'screenplay',
  drawCharacterSheet: 'characters',
  drawSceneImage: 'images',
  drawImage: 'images',
  shootSceneClip: 'clips',
  shootClip: 'clips',
  assembleFilm: 'film',
} as const satisfies Record<Step['kind'], Stage>;

type Step = Task['steps'][number];
type Told = Task & Partial<ProgressData>;

/** The stage as it was told last, or the earliest that still has work. */
function stageOf({ steps, details }: Told): Stage {
  if (details) return details.stage;
  const order: Stage[] = ['screenplay', 'characters', 'images', 'clips', 'film'];
  const open = new Set(steps.filter(({ status }) => status !== 'done').map(({ kind }) => stages[kind]));
  return order.find((stage) => open.has(stage)) ?? 'film';
}

/** Where it stands, in words. */
function standing(task: Told): string {
  if (isHeld(task)) return t('held');
  return task.status === 'processing' ? t(`stage_${stageOf(task)}`) : t(`status_${task.status}`);
}

/** The one progress of a film: the stage in words, how far, how long yet, and a way to stop or to go on, with its price. */
export function progressBar(
  initial: string,
  fault: HTMLElement,
  screenplayId?: string,
): { element: HTMLElement; show(task: Told): void } {
  let taskId = initial;
  const [bar, left] = [meter(), timeLeft()];
  const stage = h('p', { class: 'stage', 'aria-live': 'polite' }, ' ');
  const cancel = action(t('cancel'), () => api().tasks.cancel(taskId), fault, 'quiet');
  const retry = action(t('tryAgain'), async () => show(await again(taskId)), fault, 'main');
  const price = h('div', { class: 'again', hidden: true });
  const told = h('div', { class: 'told' }, stage, left.element, cancel, price, retry);
  const element = h('div', { class: 'progress' }, told, bar.element);
  const show = (task: Told) => {
    const active = isActive(task);
    taskId = task.id;
    const words = standing(task);
    if (stage.textContent !== words) stage.textContent = words;
    left.show(task);
    bar.show(task.progress, words);
    element.dataset.status = isHeld(task) ? 'held' : task.status;
    cancel.hidden = !active;
    if (active && element.dataset.fault) fault.textContent = '';
    element.dataset.fault = active ? '' : (ownFault(task) ?? '');
    const isStopped = task.status === 'failed' || task.status === 'cancelled';
    if (isStopped && price.hidden) price.replaceChildren(priceTag(orderAgain(task, screenplayId)));
    price.hidden = retry.hidden = !isStopped;
    if (element.dataset.fault) fault.textContent = element.dataset.fault;
  };
  return { element, show };
}

function meter(): { element: HTMLElement; show(progress: number, words: string): void } {
  const inside = h('div', { class: 'fill' });
  const element = h('div', { class: 'bar', role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100 }, inside);
  const show = (progress: number, words: string) => {
    element.setAttribute('aria-valuenow', String(progress));
    element.setAttribute('aria-label', words);
    inside.style.width = `${progress}%`;
  };
  return { element, show };
}

const secondMs = 1000;

/** How far and how long yet, which goes on between events for as long as it is looked at. */
function timeLeft(): { element: HTMLElement; show(task: Task): void } {
  const pace = measurePace();
  const element = h('p', { class: 'left' }, ' ');
  let timer = 0;
  const show = (task: Task) => {
    clearTimeout(timer);
    const words = [`${task.progress} %`, yet(pace(task))].filter(Boolean).join(' · ');
    if (element.textContent !== words) element.textContent = words;
    if (isActive(task)) timer = window.setTimeout(() => element.isConnected && show(task), secondMs);
  };
  return { element, show };
}

function yet(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  return seconds > 0 ? t('timeLeft', { time: minutes(seconds) }) : t('overdue');
}

const hasCard = new Set<Step['kind']>(['drawCharacterSheet', 'drawSceneImage', 'shootSceneClip']);

/** What belongs to a scene or a sheet is said on its card. */
const ownFault = ({ errorMessage, steps }: Task): string | undefined =>
  errorMessage && !steps.some(({ kind, error }) => error && hasCard.has(kind)) ? errorMessage : undefined;

async function again(taskId: string): Promise<Task> {
  await takeUp(taskId);
  dispatchEvent(new CustomEvent('film-begun', { detail: taskId }));
  return api().tasks.get(taskId);
}
