import { api } from './client.ts';
import type { Scene, Screenplay, Task } from './vendor/sdk.js';

/** What every part of a film's page shows. */
export interface FilmState {
  screenplayId: string;
  signal: AbortSignal;
  screenplay: Screenplay | undefined;
  /** The latest task that wrote or filmed it. */
  task: Task | undefined;
  refresh(): Promise<void>;
  /** Shows what changes until the task is over; `isFilm` where it is the film's own. */
  follow(taskId: string, isFilm?: boolean): Promise<void>;
}

export interface FilmPart {
  element: HTMLElement;
  show(): void;
}

/** The newest task of this screenplay, on whatever device it was begun. */
export async function findTask({ id, taskId }: Screenplay, signal: AbortSignal): Promise<Task | undefined> {
  const { items } = await api().tasks.list({ pageSize: 20, type: 'film', signal });
  for (const item of items) {
    const task = await api().tasks.get(item.id, { signal });
    if (task.id === taskId || task.params.screenplayId === id) return task;
  }
  return api().tasks.get(taskId, { signal });
}

export const stepsOf = (task: Task | undefined, { id }: Scene): Task['steps'] =>
  task?.steps.filter(({ sceneUuid }) => sceneUuid === id) ?? [];

/** True once the screenplay was given to be filmed: what has been bought is not to be lost by accident. */
export const isFilmed = ({ screenplay }: FilmState): boolean =>
  screenplay?.scenes.some(({ imageUrl }) => imageUrl) ?? false;
