import type { DataOf } from '../contract/operation.ts';
import type { StepView, Task } from '../db/tasks.ts';
import type { NewTask } from '../engine/tasks.ts';
import { describeError, type Language, type StoredFailure } from '../errors.ts';
import { type StepKind, stageOf, type TaskType } from '../film/glossary.ts';
import type { FilmResult, MediaResult, ResultOf, ScreenplayResult } from '../film/results.ts';
import { clip } from '../film/text.ts';
import { type Addresses, addressesFor } from './addresses.ts';
import type { Context } from './context.ts';

type ListedTask = DataOf<'listTasks'>['items'][number];

export const taskSummary = ({ id, type, status, progress, createdAt }: NewTask): DataOf<'createTask'> => ({
  id,
  type,
  status,
  progress,
  createdAt: createdAt.toISOString(),
});

export const taskItem = (task: Task): ListedTask => ({
  ...taskSummary(task),
  screenplayId: task.screenplayId ?? (task.result && isWritten(task.result) ? task.result.screenplayId : null),
  prompt: 'prompt' in task.params ? clip(task.params.prompt, 200) : null,
});

export function taskView(ctx: Context, task: Task, steps: readonly StepView[]): DataOf<'getTask'> {
  return {
    id: task.id,
    type: task.type,
    status: task.status,
    progress: task.progress,
    conversationId: task.conversationId,
    params: task.params,
    ...outcomeOf(ctx, task),
    createdAt: task.createdAt.toISOString(),
    updatedAt: task.updatedAt.toISOString(),
    completedAt: task.completedAt?.toISOString() ?? null,
    steps: steps.map((step) => stepView(step, ctx.language)),
  };
}

/** What a task made so far, and why it failed. */
export function outcomeOf(ctx: Context, task: Task): Pick<DataOf<'getTask'>, 'result' | 'errorMessage'> {
  const failure = task.error && describeError(task.error.key, task.error.params, ctx.language);
  return {
    result: task.result && resultView(task, task.result, addressesFor(ctx)),
    errorMessage: failure?.slice(0, 2000) ?? null,
  };
}

function stepView({ error, nextTryAt, ...step }: StepView, language: Language): DataOf<'getTask'>['steps'][number] {
  return { ...step, nextTryAt: nextTryAt?.toISOString() ?? null, error: error && failureView(error, language) };
}

const failureView = ({ code, key, params }: StoredFailure, language: Language) => ({
  code,
  detail: describeError(key, params, language).slice(0, 2000),
});

/** A task's result holds what its type's steps wrote so far: a film has its screenplay long before it is cut. */
const isResultOf = <Type extends TaskType>(task: Task, type: Type, result: object): result is ResultOf[Type] =>
  task.type === type && (type === 'screenplay' ? 'screenplayId' in result : 'mediaId' in result);

const isWritten = (result: object): result is ScreenplayResult => 'screenplayId' in result;

function resultView(task: Task, result: object, addresses: Addresses): NonNullable<DataOf<'getTask'>['result']> {
  if (isResultOf(task, 'film', result)) return filmView(result, addresses);
  if (isResultOf(task, 'image', result) || isResultOf(task, 'video', result)) return mediaView(result, addresses);
  if (isWritten(result)) return { screenplayId: result.screenplayId };
  throw new Error(`task ${task.id} has no result of its type`);
}

const mediaView = ({ mediaId }: MediaResult, addresses: Addresses) => ({ mediaId, url: addresses.content(mediaId) });

const filmView = (film: FilmResult, addresses: Addresses) => ({
  screenplayId: film.screenplayId,
  mediaId: film.mediaId,
  url: addresses.content(film.mediaId),
  durationSeconds: film.durationSeconds,
  posterUrl: addresses.content(film.posterMediaId),
  subtitles: {
    srt: addresses.content(film.subtitleMediaIds.srt),
    vtt: addresses.content(film.subtitleMediaIds.vtt),
  },
  usage: film.usage,
});

const firstStep: Record<TaskType, StepKind> = {
  screenplay: 'writeScreenplay',
  image: 'drawImage',
  video: 'shootClip',
  film: 'writeScreenplay',
};

/** The latest progress, or for a task nothing has been told of yet, its first stage with nothing done. */
export function progressView({ id, type, status, progress, progressDetails }: Task): DataOf<'getTaskProgress'> {
  const step = firstStep[type];
  const details = progressDetails ?? { stage: stageOf[step], step, done: 0, total: 1 };
  return { taskId: id, status, progress, details };
}
