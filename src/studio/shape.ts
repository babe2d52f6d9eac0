import type { FilmState } from './filmState.ts';
import type { AspectRatio } from './vendor/sdk.js';

export const shapes = ['16:9', '9:16', '1:1'] as const satisfies readonly AspectRatio[];

const nameOf = (taskId: string) => `shape ${taskId}`;
const isShape = (text: string | null): text is AspectRatio => shapes.some((shape) => shape === text);

/** A screenplay has no shape, so the one chosen with the idea waits in this browser until it is filmed. */
export const keepShape = (taskId: string, shape: string): void => localStorage.setItem(nameOf(taskId), shape);

/** The shape of its film, or else the one chosen here with the idea. */
export function shapeOf({ task, screenplay }: Pick<FilmState, 'task' | 'screenplay'>): AspectRatio {
  const filmed = task?.type === 'film' ? task.params.render?.aspectRatio : undefined;
  const kept = screenplay ? localStorage.getItem(nameOf(screenplay.taskId)) : null;
  return filmed ?? (isShape(kept) ? kept : '16:9');
}
