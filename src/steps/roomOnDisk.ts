import { type Step, StoreAwayError } from '../engine/step.ts';
import { VendorError } from '../errors.ts';
import { MediaFailed } from '../media/failures.ts';
import { isDiskFull } from '../storage/storageAway.ts';

const toolWords = /No space left on device|Disk quota exceeded/;

/** A step that finds no room for its temporary files waits for some as for the store: what was paid for is still to be had. */
export const withRoomOnDisk =
  (step: Step): Step =>
  async (context) => {
    try {
      return await step(context);
    } catch (error) {
      throw saysNoRoom(error) ? new StoreAwayError(error) : error;
    }
  };

/** ffmpeg says it in words of its own. */
export function saysNoRoom(error: unknown): boolean {
  if (error instanceof StoreAwayError || (error instanceof VendorError && error.accepted === 'unknown')) return false;
  if (error instanceof MediaFailed && toolWords.test(error.stderrTail)) return true;
  return isDiskFull(error);
}
