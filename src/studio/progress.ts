import { api } from './client.ts';
import { action } from './fields.ts';
import { h } from './h.ts';
import type { Stage, Task } from './vendor/sdk.js';
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
} as const satisfies Record<Task['steps'][number]['kind'], Stage>;

/** The earliest stage that still has work. */
function stageOf({ steps }: Task): Stage {
  const order: Stage[] = ['screenplay', 'characters', 'images', 'clips', 'film'];
  const open = new Set(steps.filter(({ status }) => status !== 'done').map(({ kind }) => stages[kind]));
  return order.find((stage) => open.has(stage)) ?? 'film';
}

/** Seconds left at the pace since the task began; unknown while there is too little to tell. */
function secondsLeft({ createdAt, progress }: Task): number | undefined {
  const elapsed = (Date.now() - createdAt.getTime()) / 1000;
  return progress < 5 || progress >= 100 || elapsed < 3 ? undefined : (elapsed * (100 - progress)) / progress;
}

/** The one progress of a film: the stage in words, how far, how long yet, and a way to stop. */
export function progressBar(initial: string, fault: HTMLElement): { element: HTMLElement; show(task: Task): void } {
  let taskId = initial;
  const fillBar = h('div', { class: 'fill' });
  const bar = h('div', { class: 'bar', role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100 }, fillBar);
  const stage = h('p', { class: 'stage', 'aria-live': 'polite' }, ' ');
  const left = h('p', { class: 'left' }, ' ');
  const cancel = action(t('cancel'), () => api().tasks.cancel(taskId), fault, 'quiet');
  const retry = action(t('tryAgain'), async () => show(await again(taskId)), fault, 'main');
  const element = h('div', { class: 'progress' }, h('div', { class: 'told' }, stage, left, cancel, retry), bar);
  const show = (task: Task) => {
    taskId = task.id;
    const active = isActive(task);
    const words = task.status === 'processing' ? t(`stage_${stageOf(task)}`) : t(`status_${task.status}`);
    if (stage.textContent !== words) stage.textContent = words;
    const seconds = active ? secondsLeft(task) : undefined;
    left.textContent = `${task.progress} %${seconds === undefined ? '' : ` · ${t('timeLeft', { time: minutes(seconds) })}`}`;
    bar.setAttribute('aria-valuenow', String(task.progress));
    bar.setAttribute('aria-label', words);
    fillBar.style.width = `${task.progress}%`;
    element.dataset.status = task.status;
    cancel.hidden = !active;
    if (active && element.dataset.fault) fault.textContent = '';
    element.dataset.fault = active ? '' : (task.errorMessage ?? '');
    retry.hidden = !(task.status === 'failed' || task.status === 'cancelled');
    if (task.errorMessage && !active) fault.textContent = task.errorMessage;
  };
  return { element, show };
}

async function again(taskId: string): Promise<Task> {
  await api().tasks.retry(taskId);
  dispatchEvent(new CustomEvent('film-begun', { detail: taskId }));
  return api().tasks.get(taskId);
}
