import type { StepKind } from './glossary.ts';
import type { TaskOrder } from './params.ts';

/** One step to be done. `key` names it within its plan; `after` names the steps it waits for. */
export interface PlannedStep {
  key: string;
  kind: StepKind;
  vendor: 'glm' | 'gemini' | 'tuzi' | null;
  subjectId: string | null;
  position: number;
  weight: number;
  after: string[];
}

/** What a film is planned from: who appears where. */
export interface Cast {
  screenplayId: string;
  characterSheetIds: string[];
  scenes: { id: string; characterSheetIds: string[] }[];
}

export interface Plan {
  steps: PlannedStep[];
  /** Weight of all the task's steps, those still to be planned included. */
  totalWeight: number;
}

const traits: Record<StepKind, { vendor: PlannedStep['vendor']; weight: number }> = {
  writeScreenplay: { vendor: 'glm', weight: 20 },
  drawCharacterSheet: { vendor: 'gemini', weight: 20 },
  drawSceneImage: { vendor: 'gemini', weight: 20 },
  drawImage: { vendor: 'gemini', weight: 20 },
  shootSceneClip: { vendor: 'tuzi', weight: 60 },
  shootClip: { vendor: 'tuzi', weight: 60 },
  assembleFilm: { vendor: null, weight: 30 },
};

function step(kind: StepKind, subjectId: string | null, position = 0, after: string[] = []): PlannedStep {
  return { key: `${kind}:${subjectId ?? 'task'}`, kind, subjectId, position, after, ...traits[kind] };
}

function planned(steps: PlannedStep[]): Plan {
  return { steps, totalWeight: steps.reduce((sum, { weight }) => sum + weight, 0) };
}

/**
 * The steps of a film whose screenplay exists: sheets, pictures, clips and the cut.
 * A scene waits only for the sheets of the characters in it.
 */
export function planFilm({ screenplayId, characterSheetIds, scenes }: Cast): Plan {
  const sheets = characterSheetIds.map((id, index) => step('drawCharacterSheet', id, index));
  const images = scenes.map(({ id, characterSheetIds: cast }, index) =>
    step(
      'drawSceneImage',
      id,
      index,
      cast.map((sheetId) => `drawCharacterSheet:${sheetId}`),
    ),
  );
  const clips = scenes.map(({ id }, index) => step('shootSceneClip', id, index, [`drawSceneImage:${id}`]));
  const cut = step(
    'assembleFilm',
    screenplayId,
    0,
    [...clips, ...sheets].map(({ key }) => key),
  );
  return planned([...sheets, ...images, ...clips, cut]);
}

/** The steps a task starts with. A film from an idea starts with its screenplay; the rest is planned when that is written. */
export function planTask(order: TaskOrder, cast?: Cast): Plan {
  switch (order.type) {
    case 'screenplay':
      return planned([step('writeScreenplay', null)]);
    case 'film':
      return planFilmTask(order.params, cast);
    case 'image':
      return planned([planImage(order.params)]);
    case 'video':
      return planned([planVideo(order.params)]);
  }
}

function planFilmTask(params: Extract<TaskOrder, { type: 'film' }>['params'], cast: Cast | undefined): Plan {
  if (cast) return planFilm(cast);
  if ('screenplayId' in params) throw new Error('the film of a screenplay is planned from its cast');
  const weights = (kind: StepKind, count: number) => traits[kind].weight * count;
  const later =
    weights('drawCharacterSheet', params.characterCount) +
    weights('drawSceneImage', params.sceneCount) +
    weights('shootSceneClip', params.sceneCount) +
    weights('assembleFilm', 1);
  const first = planned([step('writeScreenplay', null)]);
  return { steps: first.steps, totalWeight: first.totalWeight + later };
}

function planImage(params: Extract<TaskOrder, { type: 'image' }>['params']): PlannedStep {
  if ('sceneUuid' in params) return step('drawSceneImage', params.sceneUuid);
  if ('characterSheetId' in params) return step('drawCharacterSheet', params.characterSheetId);
  return step('drawImage', null);
}

function planVideo(params: Extract<TaskOrder, { type: 'video' }>['params']): PlannedStep {
  return 'sceneUuid' in params ? step('shootSceneClip', params.sceneUuid) : step('shootClip', null);
}
