import { v7 } from 'uuid';

/** A new UUID in time order, so that indexes grow at one end. */
export const newId = (): string => v7();

/** The canonical, unsigned path of a media file, as kept in `url` columns. */
export const mediaPath = (mediaId: string): string => `/api/v1/media/${mediaId}/content`;

/** The media id inside a canonical path. */
export const mediaIdOf = (path: string | null): string | null => path?.split('/').at(-2) ?? null;
