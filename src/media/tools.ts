import type { Semaphore } from '../semaphore.ts';

/** What every ffmpeg function needs: the verified binaries and the queues for work that keeps a core busy. */
export interface MediaTools {
  ffmpeg: string;
  ffprobe: string;
  /** Decoding and encoding: seconds to minutes. */
  heavy: Semaphore;
  /** Probing and pictures: milliseconds; apart, so that an upload never waits for a film. */
  quick: Semaphore;
}
