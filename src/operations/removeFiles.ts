import type { DeletedFile } from '../db/takes.ts';
import type { Context } from './context.ts';
import { thumbnailKey } from './thumbnails.ts';

const atOnce = 8;

/** Removes the bytes of files whose rows are gone, thumbnails with them; what cannot be removed is logged and stays behind. */
export async function removeFiles({ services, log }: Context, files: readonly DeletedFile[]): Promise<void> {
  const keys = files.flatMap((file) => [file.storagePath, thumbnailKey(file)]);
  for (let from = 0; from < keys.length; from += atOnce) {
    await Promise.all(
      keys.slice(from, from + atOnce).map((key) =>
        services.store.remove(key).catch((error: Error) => {
          log.warn({ err: error.message, key }, 'a deleted file could not be removed from the store');
        }),
      ),
    );
  }
}
