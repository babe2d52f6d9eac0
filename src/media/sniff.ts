import { open } from 'node:fs/promises';

export type PictureFormat = 'jpeg' | 'png' | 'webp';
export type Container = 'mp4' | 'webm';

const pngMagic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const jpegMagic = Buffer.from([0xff, 0xd8, 0xff]);
const ebmlMagic = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);

/** What a file's first bytes say it is; names and declared types are never asked. */
export function sniffPicture(head: Buffer): PictureFormat | undefined {
  if (startsWith(head, jpegMagic)) return 'jpeg';
  if (startsWith(head, pngMagic)) return 'png';
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP') return 'webp';
  return undefined;
}

/** MP4 (or QuickTime) and WebM (or Matroska) only: playlists, AVI and the like are text or containers that can point elsewhere. */
export function sniffContainer(head: Buffer): Container | undefined {
  if (head.toString('latin1', 4, 8) === 'ftyp') return 'mp4';
  if (startsWith(head, ebmlMagic)) return 'webm';
  return undefined;
}

export async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function startsWith(head: Buffer, magic: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic);
}
