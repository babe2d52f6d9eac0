import type { DataOf } from '../contract/operation.ts';
import type { Media } from '../db/media.ts';
import type { Addresses } from './addresses.ts';
import { hasThumbnail } from './thumbnails.ts';

export const mediaView = (media: Media, addresses: Addresses): DataOf<'getMedia'> => ({
  id: media.id,
  type: media.type,
  originalFilename: media.originalFilename,
  mimeType: media.mimeType,
  size: media.size,
  width: media.width,
  height: media.height,
  duration: media.duration,
  url: addresses.content(media.id),
  thumbnailUrl: hasThumbnail(media) ? addresses.thumbnail(media.id) : null,
  createdAt: media.createdAt.toISOString(),
});
