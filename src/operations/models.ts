import type { DataOf } from '../contract/operation.ts';
import { isPaused, type Pause, readPauses } from '../db/pauses.ts';
import type { ModelInfo } from '../film/models.ts';
import type { Operation } from './context.ts';
import { success } from './envelope.ts';

type View = DataOf<'listModels'>['items'][number];

/** Sizes and lengths are what the clients of the vendors name: strings and numbers of the contract's own lists. */
const viewWith =
  (pauses: readonly Pause[]) =>
  ({ price, sizes, seconds, maxOutputTokens: _, ...model }: ModelInfo): View => ({
    ...model,
    paused: isPaused(pauses, model.vendor),
    sizes: [...sizes] as View['sizes'],
    seconds: [...seconds] as View['seconds'],
    price: { perCallMicros: price.perCall, perSecondMicros: price.perSecond },
  });

export const listModels: Operation<'listModels'> = async (ctx) => {
  const { text, image, video } = ctx.services.models;
  const view = viewWith(await readPauses(ctx.db));
  return { status: 200, body: success(ctx, { items: [text, image, video].map(view) }) };
};
