import { callCostMicros, type Prices } from '../film/prices.ts';
import type { MediaRoom } from '../media/room.ts';
import type { Providers } from '../providers/abilities.ts';
import type { ObjectStore } from '../storage/objectStore.ts';
import type { FormCache } from './formCache.ts';

/** What every step may use. */
export interface StepTools {
  providers: Providers;
  store: ObjectStore;
  media: MediaRoom;
  prices: Prices;
  /** Unfinished tasks a user may have: the agent starts none beyond it. */
  maxTasksPerUser: number;
  /** Pictures as they are attached to calls: a character's sheet goes along with every scene that the character is in. */
  attachable: FormCache;
}

/** What one call of a model costs at most, in micro-USD. */
export const costMicros = ({ prices }: Pick<StepTools, 'prices'>, model: string, seconds = 0): number =>
  callCostMicros(prices, model, seconds);
