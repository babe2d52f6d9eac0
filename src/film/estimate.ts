import { type ScreenplayParams, type Stage, type StepKind, stageOf } from './glossary.ts';
import type { Ability, ModelInfo, Models } from './models.ts';
import type { PlannedStep } from './plan.ts';
import { partsOf } from './screenplayParts.ts';

/** What one part of the work is expected to take. */
export interface StageEstimate {
  stage: Stage;
  calls: number;
  /** Steps whose result was bought before. */
  reused: number;
  /** Of one call. */
  unitMicros: number;
  costMicros: number;
}

export interface Estimate {
  /** In the order of the work. */
  stages: StageEstimate[];
  calls: number;
  costMicros: number;
  expectedSeconds: number;
}

export interface Forecast {
  /** All the task's steps. */
  steps: readonly PlannedStep[];
  /** Keys of steps that will find an equal take. */
  reusable: ReadonlySet<string>;
  /** Length of each clip. */
  clipSeconds: number;
  /** How much a screenplay step has to write. */
  writing: Pick<ScreenplayParams, 'sceneCount' | 'characterCount'> | undefined;
}

const abilities: Partial<Record<Stage, Ability>> = {
  screenplay: 'text',
  characters: 'image',
  images: 'image',
  clips: 'video',
};
const stages: readonly Stage[] = ['screenplay', 'characters', 'images', 'clips', 'film'];

/** Reading the clips and writing the film, and what each of its seconds adds. */
const cutSeconds = { fixed: 1, perSecond: 0.05 };

/** What these steps cost if each takes the fewest calls: one, or one for each part of a long screenplay. A screenplay that has to be asked for twice costs one call more. */
export function estimate(models: Models, forecast: Forecast): Estimate {
  const parts = stages.flatMap((stage) => estimateStage(models, forecast, stage) ?? []);
  return {
    stages: parts.map(({ seconds: _, ...part }) => part),
    calls: total(parts, ({ calls }) => calls),
    costMicros: total(parts, ({ costMicros }) => costMicros),
    expectedSeconds: Math.ceil(total(parts, ({ seconds }) => seconds)),
  };
}

const total = <Part>(parts: readonly Part[], of: (part: Part) => number): number =>
  parts.reduce((sum, part) => sum + of(part), 0);

function estimateStage(
  models: Models,
  { steps, reusable, clipSeconds, writing }: Forecast,
  stage: Stage,
): (StageEstimate & { seconds: number }) | undefined {
  const own = steps.filter(({ kind }) => stageOf[kind as StepKind] === stage);
  if (own.length === 0) return undefined;
  const reused = own.filter(({ key }) => reusable.has(key)).length;
  const ability = abilities[stage];
  if (!ability) {
    const clips = steps.filter(({ kind }) => kind === 'shootSceneClip').length;
    const seconds = cutSeconds.fixed + cutSeconds.perSecond * clips * clipSeconds;
    return { stage, calls: 0, reused, unitMicros: 0, costMicros: 0, seconds };
  }
  const { price, typicalSeconds, maxInFlight, maxOutputTokens }: ModelInfo = models[ability];
  const inTurn = ability === 'text' && writing ? partsOf(writing, maxOutputTokens).length : 1;
  const calls = (own.length - reused) * inTurn;
  const unitMicros = price.perCall + (ability === 'video' ? price.perSecond * clipSeconds : 0);
  const rounds = Math.ceil(calls / inTurn / maxInFlight) * inTurn;
  return { stage, calls, reused, unitMicros, costMicros: calls * unitMicros, seconds: rounds * typicalSeconds };
}
