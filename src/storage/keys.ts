const contentTypes = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  wav: 'audio/wav',
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  zip: 'application/zip',
} as const;

/** What may be stored: the extension says the type, and nothing else does. */
export type Extension = keyof typeof contentTypes;
export type MediaVariant = 'content' | 'thumbnail';

export interface MediaName {
  userId: string;
  mediaId: string;
  /** Of the step that made it: a late owner writes beside the present one, never over it. */
  fence?: number;
  variant?: MediaVariant;
  extension: Extension;
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const mediaKeyShape = new RegExp(
  `^(?:media/${uuid}/${uuid}(?:-f[0-9]{1,15})?(?:-thumbnail)?|uploads/${uuid}/${uuid})\\.(?<extension>[a-z0-9]{3,4})$`,
);

const isExtension = (text: string | undefined): text is Extension =>
  text !== undefined && Object.hasOwn(contentTypes, text);

/** The extension for a content type, its parameters ignored. */
export function extensionOf(contentType: string): Extension | undefined {
  const bare = contentType.split(';')[0]?.trim().toLowerCase();
  return Object.keys(contentTypes)
    .filter(isExtension)
    .find((extension) => contentTypes[extension] === bare);
}

/** The content type a valid key stands for; throws where the text is no key of ours, so nothing else ever becomes a path. */
export function contentTypeOfKey(key: string): string {
  const extension = mediaKeyShape.exec(key)?.groups?.extension;
  if (!isExtension(extension)) throw new TypeError('This is not a storage key.');
  return contentTypes[extension];
}

/** Checks that a key is ours and that it says the same type as the caller. */
export function checkKeyAndType(key: string, contentType: string): void {
  const expected = contentTypeOfKey(key);
  if (extensionOf(contentType) !== extensionOf(expected))
    throw new TypeError(`A key for ${expected} can't hold ${contentType}.`);
}

/** The key of a media file: ids only, never a name a user or a vendor chose. */
export function mediaKey({ userId, mediaId, fence, variant = 'content', extension }: MediaName): string {
  const tail = `${fence === undefined ? '' : `-f${fence}`}${variant === 'thumbnail' ? '-thumbnail' : ''}`;
  const key = `media/${userId}/${mediaId}${tail}.${extension}`.toLowerCase();
  contentTypeOfKey(key);
  return key;
}

/** The key of what a client puts into the bucket by itself, apart from what was checked. */
export function uploadKey({ userId, uploadId, extension }: { userId: string; uploadId: string; extension: Extension }) {
  const key = `uploads/${userId}/${uploadId}.${extension}`.toLowerCase();
  contentTypeOfKey(key);
  return key;
}
