import { api } from './client.ts';
import type { Scene, Screenplay, Task } from './vendor/sdk.js';

/** What every part of a film's page shows. */
export interface FilmState {
  screenplayId: string;
  signal: AbortSignal;
  screenplay: Screenplay | undefined;
  /** The latest task that wrote or filmed it. */
  task: Task | undefined;
  /** Tasks that make one picture, clip or sheet anew, for as long as they are not done. */
  remakes: readonly Task[];
  refresh(): Promise<void>;
  /** Shows what changes until the task is over; `isFilm` where it is the film's own. */
  follow(taskId: string, isFilm?: boolean): Promise<void>;
}

export interface FilmPart {
  element: HTMLElement;
  show(): void;
}

/** The newest task that filmed this screenplay, else the one that wrote it, on whatever device it was begun. */
export async function findTask({ id, taskId }: Screenplay, signal: AbortSignal): Promise<Task> {
  const { items } = await api().tasks.list({ screenplayId: id, type: 'film', pageSize: 1, signal });
  return api().tasks.get(items[0]?.id ?? taskId, { signal });
}

/** What is being made anew of this screenplay, on whatever device it was asked for. */
export async function findRemakes({ id }: Screenplay, signal: AbortSignal): Promise<string[]> {
  const running = (['pending', 'processing'] as const).map((status) =>
    api().tasks.list({ screenplayId: id, status, pageSize: 100, signal }),
  );
  const items = (await Promise.all(running)).flatMap((page) => page.items);
  return items.filter(({ type }) => type === 'image' || type === 'video').map((task) => task.id);
}

export interface StepOfTask {
  step: Task['steps'][number];
  task: Task;
}

/** The work on a scene: the film's, and what is made anew of it alone. */
export function stepsOf({ task, remakes }: FilmState, { id }: Scene): StepOfTask[] {
  const all = [...(task ? [task] : []), ...remakes];
  return all.flatMap((one) =>
    one.steps.filter(({ sceneUuid }) => sceneUuid === id).map((step) => ({ step, task: one })),
  );
}

/** A film made again looks at every scene, and only finds what there is of those that are current. */
const isReused = ({ kind }: StepOfTask['step'], { imageState, videoState }: Scene): boolean =>
  (kind === 'drawSceneImage' && imageState === 'current') || (kind === 'shootSceneClip' && videoState === 'current');

/** What is being made of a scene at this moment. */
export const worksOn = (steps: StepOfTask[], scene: Scene): StepOfTask['step'] | undefined =>
  steps.find(({ step }) => (step.status === 'running' || step.status === 'waiting') && !isReused(step, scene))?.step;

/** The work on a character's sheet: the film's, whose steps come in the order of its sheets, and what is drawn anew. */
export function stepsOfSheet({ task, screenplay, remakes }: FilmState, sheetId: string): StepOfTask[] {
  const sheets = screenplay?.characterSheets ?? [];
  const drawn = task?.steps.filter(({ kind }) => kind === 'drawCharacterSheet') ?? [];
  const step = drawn.length === sheets.length ? drawn[sheets.findIndex(({ id }) => id === sheetId)] : undefined;
  const anew = remakes.filter(({ params }) => params.characterSheetId === sheetId);
  return [
    ...(task && step ? [{ step, task }] : []),
    ...anew.flatMap((one) => one.steps.map((part) => ({ step: part, task: one }))),
  ];
}

export const remakeOf = ({ remakes }: FilmState, characterSheetId: string): Task | undefined =>
  remakes.find(({ params }) => params.characterSheetId === characterSheetId);

/** True once the screenplay was given to be filmed: what has been bought is not to be lost by accident. */
export const isFilmed = ({ screenplay }: FilmState): boolean =>
  screenplay?.scenes.some(({ imageUrl }) => imageUrl) ?? false;
