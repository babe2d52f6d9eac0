import { mediaIdOf, mediaPath } from '../db/ids.ts';
import { mediaUrlExpiry, signMediaUrl } from '../storage/signatures.ts';
import type { Context } from './context.ts';

/** Absolute, signed addresses of one's own media, all with the same expiry. */
export interface Addresses {
  content(mediaId: string): string;
  thumbnail(mediaId: string): string;
  /** For a canonical path as the database keeps it. */
  ofPath(path: string | null): string | null;
}

export function addressesFor({ services }: Pick<Context, 'services'>): Addresses {
  const { secret } = services;
  const origin = services.publicUrl();
  const expiresAt = mediaUrlExpiry();
  const sign = (mediaId: string, variant: 'content' | 'thumbnail') =>
    signMediaUrl({ secret, mediaId, variant, expiresAt, download: false });
  const content = (mediaId: string) => `${origin}${mediaPath(mediaId)}?${sign(mediaId, 'content')}`;
  return {
    content,
    thumbnail: (mediaId) => `${origin}/api/v1/media/${mediaId}/thumbnail?${sign(mediaId, 'thumbnail')}`,
    ofPath(path) {
      const mediaId = mediaIdOf(path);
      return mediaId === null ? null : content(mediaId);
    },
  };
}
