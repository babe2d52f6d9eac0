import type { ScreenplayParams, WorkKind } from './glossary.ts';
import type { TaskOrder } from './params.ts';

/** One step to be done. `key` names it within its plan; `after` names the steps it waits for. */
export interface PlannedStep {
  key: string;
  kind: WorkKind;
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

/** Who appears where in a screenplay that exists. */
export const castOf = (screenplay: {
  id: string;
  characterSheets: readonly { id: string }[];
  scenes: readonly { id: string; characterSheetIds: string[] }[];
}): Cast => ({
  screenplayId: screenplay.id,
  characterSheetIds: screenplay.characterSheets.map(({ id }) => id),
  scenes: screenplay.scenes.map(({ id, characterSheetIds }) => ({ id, characterSheetIds })),
});

export interface Plan {
  steps: PlannedStep[];
  /** Weight of all the task's steps, those still to be planned included. */
  totalWeight: number;
}

const traits: Record<WorkKind, { vendor: PlannedStep['vendor']; weight: number }> = {
  writeScreenplay: { vendor: 'glm', weight: 20 },
  drawCharacterSheet: { vendor: 'gemini', weight: 20 },
  drawSceneImage: { vendor: 'gemini', weight: 20 },
  drawImage: { vendor: 'gemini', weight: 20 },
  shootSceneClip: { vendor: 'tuzi', weight: 60 },
  shootClip: { vendor: 'tuzi', weight: 60 },
  assembleFilm: { vendor: null, weight: 30 },
  answerMessage: { vendor: 'glm', weight: 1 },
};

function step(kind: WorkKind, subjectId: string | null, position = 0, after: string[] = []): PlannedStep {
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

/** The one step of a turn of the agent. */
export const planTurn = (): Plan => planned([step('answerMessage', null)]);

/** The steps of a film that is still to be written, as many as were asked for; everyone is in every scene. */
function forecastFilm({ characterCount, sceneCount }: Pick<ScreenplayParams, 'characterCount' | 'sceneCount'>): Plan {
  const named = (what: string, count: number) => Array.from({ length: count }, (_, index) => `${what} ${index + 1}`);
  const characterSheetIds = named('character', characterCount);
  const scenes = named('scene', sceneCount).map((id) => ({ id, characterSheetIds }));
  return planFilm({ screenplayId: 'screenplay', characterSheetIds, scenes });
}

function planFilmTask(params: Extract<TaskOrder, { type: 'film' }>['params'], cast: Cast | undefined): Plan {
  if (cast) return planFilm(cast);
  if ('screenplayId' in params) throw new Error('the film of a screenplay is planned from its cast');
  const first = planned([step('writeScreenplay', null)]);
  return { steps: first.steps, totalWeight: first.totalWeight + forecastFilm(params).totalWeight };
}

/** All steps a task will have as far as one can tell before it begins: a film from an idea as if it were written as asked. */
export function forecastTask(order: TaskOrder, cast?: Cast): PlannedStep[] {
  const { steps } = planTask(order, cast);
  const { type, params } = order;
  return type === 'film' && 'sceneCount' in params ? [...steps, ...forecastFilm(params).steps] : steps;
}

function planImage(params: Extract<TaskOrder, { type: 'image' }>['params']): PlannedStep {
  if ('sceneUuid' in params) return step('drawSceneImage', params.sceneUuid);
  if ('characterSheetId' in params) return step('drawCharacterSheet', params.characterSheetId);
  return step('drawImage', null);
}

function planVideo(params: Extract<TaskOrder, { type: 'video' }>['params']): PlannedStep {
  return 'sceneUuid' in params ? step('shootSceneClip', params.sceneUuid) : step('shootClip', null);
}
