import { type Step, StoreAwayError, TroubleError } from '../engine/step.ts';
import { VendorError } from '../errors.ts';
import { MediaFailed, UnreadableMedia } from '../media/failures.ts';
import { isDiskFull } from '../storage/storageAway.ts';

const toolWords = /No space left on device|Disk quota exceeded/;

/**
 * A step that finds no room for its temporary files waits for some as for the store: what was paid for is still to be had. One whose media
 * tool failed, if only because the machine had no memory left, is tried again, and says why if that goes on.
 */
export const withMediaTroubles =
  (step: Step): Step =>
  async (context) => {
    try {
      return await step(context);
    } catch (error) {
      if (saysNoRoom(error)) throw new StoreAwayError(error);
      if (!(error instanceof MediaFailed || error instanceof UnreadableMedia)) throw error;
      throw new TroubleError({ code: 6000, key: 'media_failed', params: { reason: error.reason } }, error);
    }
  };

/** ffmpeg says it in words of its own. */
export function saysNoRoom(error: unknown): boolean {
  if (error instanceof StoreAwayError || (error instanceof VendorError && error.accepted === 'unknown')) return false;
  if (error instanceof MediaFailed && toolWords.test(error.stderrTail)) return true;
  return isDiskFull(error);
}
