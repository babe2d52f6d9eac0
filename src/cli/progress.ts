import { type Stage, stageOf } from '../film/glossary.ts';
import type { ProgressData } from './follow.ts';

export interface StageProgress {
  done: number;
  total: number;
  /** 0 to 1: how far the stage is, the unfinished step included where it says so. */
  share: number;
}

export interface FilmProgress {
  /** 0 to 100, never falling. */
  percent: number;
  stages: Readonly<Record<Stage, StageProgress>>;
  /** What was last told in words, such as why a scene failed. */
  message?: string;
}

export const stageOrder = ['screenplay', 'characters', 'images', 'clips', 'film'] as const satisfies Stage[];

const stage = (done: number, total: number, part = 0): StageProgress => ({
  done,
  total,
  share: total === 0 ? 0 : Math.min(1, (done + part) / total),
});

/** What will have to be done, before the service has told anything. */
export function expectedProgress({ scenes, characters }: { scenes: number; characters: number }): FilmProgress {
  return {
    percent: 0,
    stages: {
      screenplay: stage(0, 1),
      characters: stage(0, characters),
      images: stage(0, scenes),
      clips: stage(0, scenes),
      film: stage(0, 1),
    },
  };
}

const finished = ({ total }: StageProgress): StageProgress => stage(total, total);

/** The progress after one more event. A screenplay that exists needs no writing, so what comes later means it is done. */
export function advance(before: FilmProgress, { status, progress, details }: ProgressData): FilmProgress {
  const part = /^(\d{1,3}) %$/.exec(details.message ?? '')?.[1];
  const current = stageOf[details.step];
  const stages = {
    ...before.stages,
    ...(current !== 'screenplay' && { screenplay: finished(before.stages.screenplay) }),
    [current]: stage(details.done, details.total, Number(part ?? 0) / 100),
  };
  const done = status === 'completed';
  return {
    percent: Math.max(before.percent, progress),
    stages: done
      ? (Object.fromEntries(stageOrder.map((name) => [name, finished(stages[name])])) as typeof stages)
      : stages,
    ...(details.message !== undefined && part === undefined && { message: details.message }),
  };
}
