import type { Screenplay } from '../db/screenplays.ts';
import { findDistinctTakes } from '../db/takes.ts';
import { type Estimate, estimate } from '../film/estimate.ts';
import type { TaskOrder } from '../film/params.ts';
import { castOf, forecastTask } from '../film/plan.ts';
import { type FindEqual, reusableSteps } from '../film/staleness.ts';
import type { UserContext } from './context.ts';
import { renderingOf } from './screenplayStates.ts';
import type { Named } from './taskOrders.ts';

/** What an order is expected to cost, by the plan it would be done by. */
export async function estimateOrder(ctx: UserContext, order: TaskOrder, { screenplay }: Named): Promise<Estimate> {
  const ofScreenplay = order.type === 'film' && screenplay;
  const steps = forecastTask(order, ofScreenplay ? castOf(screenplay) : undefined);
  return estimate(ctx.services.models, {
    steps,
    clipSeconds: clipSecondsOf(order, screenplay),
    writing: 'sceneCount' in order.params ? order.params : undefined,
    reusable: ofScreenplay ? await reusableKeys(ctx, screenplay, order) : new Set(),
  });
}

function clipSecondsOf({ params }: TaskOrder, screenplay: Screenplay | undefined): number {
  if ('seconds' in params) return params.seconds;
  return screenplay?.sceneSeconds ?? ('sceneSeconds' in params ? params.sceneSeconds : 0);
}

/** Steps of a film that would find what they would make, shown or among earlier takes; a turned frame ends the picks. */
async function reusableKeys(ctx: UserContext, screenplay: Screenplay, order: TaskOrder & { type: 'film' }) {
  const { aspectRatio } = order.params.render;
  const turned = aspectRatio !== screenplay.aspectRatio;
  const unpicked = screenplay.scenes.map((scene) => ({ ...scene, imagePicked: false, videoPicked: false }));
  const shown = turned ? { ...screenplay, aspectRatio, scenes: unpicked } : screenplay;
  const [{ material }, findEqual] = await Promise.all([renderingOf(ctx, shown), equalTakesOf(ctx, screenplay)]);
  return reusableSteps(material, findEqual);
}

async function equalTakesOf({ db }: UserContext, { scenes, characterSheets }: Screenplay): Promise<FindEqual> {
  const subjects = [...scenes, ...characterSheets].map(({ id }) => id);
  const takes = await findDistinctTakes(db, subjects);
  const files = new Map(
    takes.map(({ kind, subjectId, inputHash, sha256 }) => [`${kind} ${subjectId} ${inputHash}`, sha256]),
  );
  return (kind, subjectId, inputHash) => files.get(`${kind} ${subjectId} ${inputHash}`);
}
