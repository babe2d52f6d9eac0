import { api } from './client.ts';
import { action } from './fields.ts';
import { h } from './h.ts';
import { isHeld, measurePace } from './pace.ts';
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

/** The one progress of a film: the stage in words, how far, how long yet, and a way to stop. */
export function progressBar(initial: string, fault: HTMLElement): { element: HTMLElement; show(task: Told): void } {
  let taskId = initial;
  const pace = measurePace();
  const fillBar = h('div', { class: 'fill' });
  const bar = h('div', { class: 'bar', role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100 }, fillBar);
  const stage = h('p', { class: 'stage', 'aria-live': 'polite' }, ' ');
  const left = h('p', { class: 'left' }, ' ');
  const cancel = action(t('cancel'), () => api().tasks.cancel(taskId), fault, 'quiet');
  const retry = action(t('tryAgain'), async () => show(await again(taskId)), fault, 'main');
  const element = h('div', { class: 'progress' }, h('div', { class: 'told' }, stage, left, cancel, retry), bar);
  const show = (task: Told) => {
    const active = isActive(task);
    taskId = task.id;
    const words = standing(task);
    if (stage.textContent !== words) stage.textContent = words;
    const seconds = pace(task);
    left.textContent = `${task.progress} %${seconds === undefined ? '' : ` · ${t('timeLeft', { time: minutes(seconds) })}`}`;
    bar.setAttribute('aria-valuenow', String(task.progress));
    bar.setAttribute('aria-label', words);
    fillBar.style.width = `${task.progress}%`;
    element.dataset.status = isHeld(task) ? 'held' : task.status;
    cancel.hidden = !active;
    if (active && element.dataset.fault) fault.textContent = '';
    element.dataset.fault = active ? '' : (ownFault(task) ?? '');
    retry.hidden = !(task.status === 'failed' || task.status === 'cancelled');
    if (element.dataset.fault) fault.textContent = element.dataset.fault;
  };
  return { element, show };
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
