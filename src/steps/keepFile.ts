import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { newId } from '../db/ids.ts';
import type { MediaType, NewMedia } from '../db/media.ts';
import type { HeldStep } from '../engine/step.ts';
import { type Extension, mediaKey } from '../storage/keys.ts';
import type { ObjectStore } from '../storage/objectStore.ts';
import { allEnded } from './allEnded.ts';

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
  const [stored, sha256] = await allEnded([store.put(key, file, facts.mimeType), hashFile(file)]);
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

/** Into one buffer again and again: a stream's buffers, one per 64 KiB, have V8 collect garbage every dozen clips. */
async function hashFile(file: string): Promise<Buffer> {
  const hash = createHash('sha256');
  const handle = await open(file);
  try {
    const buffer = Buffer.allocUnsafeSlow(256 * 1024);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return hash.digest();
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
