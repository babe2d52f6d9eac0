import type { Screenplay } from '../db/screenplays.ts';
import { type Estimate, estimate } from '../film/estimate.ts';
import type { TaskOrder } from '../film/params.ts';
import { castOf, forecastTask } from '../film/plan.ts';
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

/** Steps of a film that would find what they would make, by the hashes they compare; a turned frame ends the picks. */
async function reusableKeys(ctx: UserContext, screenplay: Screenplay, order: TaskOrder & { type: 'film' }) {
  const { aspectRatio } = order.params.render;
  const turned = aspectRatio !== screenplay.aspectRatio;
  const unpicked = screenplay.scenes.map((scene) => ({ ...scene, imagePicked: false, videoPicked: false }));
  const shown = turned ? { ...screenplay, aspectRatio, scenes: unpicked } : screenplay;
  const { sheets, scenes } = (await renderingOf(ctx, shown)).states;
  const keys = [...sheets].flatMap(([id, state]) => (state === 'current' ? [`drawCharacterSheet:${id}`] : []));
  for (const [id, { image, video }] of scenes) {
    if (image === 'current') keys.push(`drawSceneImage:${id}`);
    if (video === 'current') keys.push(`shootSceneClip:${id}`);
  }
  return new Set(keys);
}
