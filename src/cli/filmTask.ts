import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataOf } from '../contract/operation.ts';
import type { Api } from './api.ts';
import type { Decision, FilmWishes } from './args.ts';
import { followTask, isOver, type ProgressData } from './follow.ts';
import { mistakes } from './mistakes.ts';
import { ApiProblem } from './problem.ts';

export type Task = DataOf<'getTask'>;

/** Asks for the film and answers its task's id; an answer lost on the way doesn't make it two films. */
export async function orderFilm(
  api: Api,
  wishes: FilmWishes,
  more: { images: string[]; conversationId?: string; key?: string },
): Promise<string> {
  const { prompt, scenes, characters, seconds, aspect, language, style } = wishes;
  const { images, conversationId, key = randomUUID() } = more;
  const params = {
    prompt,
    images,
    sceneCount: scenes,
    characterCount: characters,
    sceneSeconds: seconds,
    language,
    ...(style !== undefined && { style }),
    render: { aspectRatio: aspect },
  };
  const order = { type: 'film' as const, params, ...(conversationId !== undefined && { conversationId }) };
  return (await api.call('createTask', { json: order, key })).id;
}

/** Takes up a film again: what failed or was cancelled is retried, what is in doubt is decided where a decision is given. */
export async function resumeFilm(api: Api, taskId: string, decision: Decision | undefined): Promise<Task> {
  const task = await api.call('getTask', { path: { taskId } });
  if (task.type !== 'film') throw mistakes.notFilm(taskId, task.type);
  if (decision && inDoubt(task).length === 0) throw mistakes.nothingInDoubt(taskId);
  if (task.status === 'failed' || task.status === 'cancelled') return retryTask(api, taskId);
  for (const step of decision ? inDoubt(task) : []) {
    const path = { taskId, stepId: step.id };
    await api.call('resolveTaskStep', { path, json: { decision: decision ?? 'accept_loss' }, key: randomUUID() });
  }
  return task;
}

/** A task cancelled just now refuses until its running steps have wound down. */
async function retryTask(api: Api, taskId: string): Promise<Task> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await api.call('retryTask', { path: { taskId }, key: randomUUID() });
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 4002 || attempt === 30) throw error;
      await sleep(1_000);
    }
  }
}

/** The steps whose owner has to decide about a paid call. */
export const inDoubt = ({ steps }: Task): Task['steps'] => steps.filter(({ status }) => status === 'needs_review');

/** Nothing moves any more until its owner has decided about a call in doubt. */
export const waitsForDecision = (task: Task): boolean =>
  !isOver(task.status) &&
  inDoubt(task).length > 0 &&
  !task.steps.some(({ status }) => status === 'ready' || status === 'running' || status === 'waiting');

export interface Watching {
  signal: AbortSignal;
  onProgress: (data: ProgressData) => void;
  onBreak: () => void;
}

/** Follows the task until it is over, or waits for a decision. */
export async function watchFilm(api: Api, taskId: string, watching: Watching): Promise<Task> {
  for (;;) {
    for await (const data of followTask(api, taskId, watching)) {
      watching.onProgress(data);
      if (!data.details.needsReview) continue;
      const task = await api.call('getTask', { path: { taskId } });
      if (waitsForDecision(task)) return task;
    }
    const task = await api.call('getTask', { path: { taskId } });
    if (isOver(task.status)) return task;
    await sleep(500, undefined, { signal: watching.signal });
  }
}

/** How many scenes and characters a film has, as ordered, or as planned where it is made of a screenplay. */
export function sizeOf({ params, steps }: Task): { scenes: number; characters: number } {
  if ('sceneCount' in params && 'characterCount' in params) {
    return { scenes: params.sceneCount, characters: params.characterCount };
  }
  const count = (kind: Task['steps'][number]['kind']) => steps.filter((step) => step.kind === kind).length;
  return { scenes: count('shootSceneClip'), characters: count('drawCharacterSheet') };
}

/** Every reason once, in the words of the service. */
export function reasonsOf(task: Task): string[] {
  const reasons = task.steps.flatMap(({ error }) => (error ? [error.detail] : []));
  return [...new Set(reasons.length > 0 || task.errorMessage === null ? reasons : [task.errorMessage])];
}
