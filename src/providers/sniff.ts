export type MediaKind = 'picture' | 'video';

const magic = {
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  jpeg: [0xff, 0xd8, 0xff],
} as const;

const startsWith = (head: Uint8Array, bytes: readonly number[]) => bytes.every((byte, index) => head[index] === byte);
const ascii = (head: Uint8Array, from: number, to: number) => Buffer.from(head.subarray(from, to)).toString('latin1');

/** How many of a file's first bytes `isMedia` looks at. */
export const headBytes = 12;

/** Whether a file's first bytes are those of a PNG, JPEG or WebP picture, or of an MP4; what a server calls it is never asked. */
export function isMedia(kind: MediaKind, head: Uint8Array): boolean {
  if (kind === 'video') return ascii(head, 4, 8) === 'ftyp';
  const webp = ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP';
  return webp || startsWith(head, magic.png) || startsWith(head, magic.jpeg);
}
