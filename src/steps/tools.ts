import type { MediaRoom } from '../media/room.ts';
import type { Providers } from '../providers/abilities.ts';
import type { ObjectStore } from '../storage/objectStore.ts';

/** Micro-USD per accepted call and per second of a clip. */
export interface Price {
  perCall: number;
  perSecond: number;
}

/** What every step may use. */
export interface StepTools {
  providers: Providers;
  store: ObjectStore;
  media: MediaRoom;
  prices: Readonly<Record<string, Price>>;
}

/** What one call of a model costs at most, in micro-USD; an unpriced model counts as free. */
export function costMicros({ prices }: Pick<StepTools, 'prices'>, model: string, seconds = 0): number {
  const price = prices[model];
  return price ? price.perCall + price.perSecond * seconds : 0;
}
