import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const idBytes = 16;
/** Randomness for many ids at once: asking for it is most of what an id costs. */
const pool = new Uint8Array(idBytes * 256);
const state = { used: pool.length, msecs: 0, seq: 0 };

function freshBytes(): Uint8Array {
  if (state.used === pool.length) {
    randomFillSync(pool);
    state.used = 0;
  }
  state.used += idBytes;
  return pool.subarray(state.used - idBytes, state.used);
}

/** A new UUID in time order, so that indexes grow at one end; those of one process follow each other also within a millisecond. */
export function newId(): string {
  const random = freshBytes();
  const now = Date.now();
  if (now > state.msecs) {
    state.msecs = now;
    state.seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
  } else {
    state.seq += 1;
  }
  return v7({ random, msecs: state.msecs, seq: state.seq });
}

/** The canonical, unsigned path of a media file, as kept in `url` columns. */
export const mediaPath = (mediaId: string): string => `/api/v1/media/${mediaId}/content`;

/** The media id inside a canonical path. */
export const mediaIdOf = (path: string | null): string | null => path?.split('/').at(-2) ?? null;
