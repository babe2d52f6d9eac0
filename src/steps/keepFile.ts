import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { newId } from '../db/ids.ts';
import type { MediaType, NewMedia } from '../db/media.ts';
import type { HeldStep } from '../engine/step.ts';
import { type Extension, mediaKey } from '../storage/keys.ts';
import type { ObjectStore } from '../storage/objectStore.ts';

export interface FileFacts {
  type: MediaType;
  mimeType: string;
  extension: Extension;
  width?: number;
  height?: number;
  /** Seconds. */
  duration?: number;
  filename?: string;
}

/**
 * Puts a finished file into the store under a key that names step and fence, and answers the row to be written when the
 * step finishes. A fenced worker can waste bytes this way, never replace any.
 */
export async function keepFile(store: ObjectStore, step: HeldStep, file: string, facts: FileFacts): Promise<NewMedia> {
  const id = newId();
  const key = mediaKey({ userId: step.userId, mediaId: id, fence: step.fence, extension: facts.extension });
  const [stored, sha256] = await Promise.all([store.put(key, file, facts.mimeType), hashFile(file)]);
  return {
    id,
    userId: step.userId,
    taskId: step.taskId,
    type: facts.type,
    originalFilename: facts.filename ?? null,
    storagePath: key,
    mimeType: facts.mimeType,
    size: stored.sizeBytes,
    width: facts.width ?? null,
    height: facts.height ?? null,
    duration: facts.duration ?? null,
    sha256,
  };
}

async function hashFile(file: string): Promise<Buffer> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest();
}
