import { lookup } from 'node:dns/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { createFile, isThere } from '../files.ts';
import { hashOf } from '../ledger.ts';
import type { Room } from '../room.ts';
import { badRequest } from '../wire.ts';

const frameLimitBytes = 20 * 1024 * 1024;
const pixelLimit = 40_000_000;

/** The clip sizes that this vendor makes, by the first frame's shape. */
function clipSize(width: number, height: number): string {
  if (width > height * 1.2) return '1280x720';
  return height > width * 1.2 ? '720x1280' : '960x960';
}

/** Fetches a first frame from this machine only: the sandbox never reaches out into a network. */
async function fetchFrame(room: Room, reference: string): Promise<Buffer> {
  const url = URL.parse(reference);
  if (!url || !/^https?:$/.test(url.protocol)) throw badRequest('input_reference must be a data URL or an http URL.');
  const addresses = await lookup(url.hostname.replace(/^\[|\]$/g, ''), { all: true }).catch(() => []);
  const loopback = addresses.length > 0 && addresses.every(({ address }) => /^127\.|^::1$/.test(address));
  if (!loopback) throw badRequest('input_reference must be on this machine.');
  const signal = AbortSignal.any([room.signal, AbortSignal.timeout(10_000)]);
  try {
    const answer = await fetch(url, { signal, redirect: 'error' });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (answer.ok) return bytes;
  } catch (error) {
    room.log(`input_reference could not be fetched: ${String(error)}`);
  }
  throw badRequest('input_reference could not be fetched.');
}

async function readReference(room: Room, reference: string | Buffer): Promise<Buffer> {
  if (Buffer.isBuffer(reference)) return reference;
  const inline = /^data:image\/[a-z+.-]+;base64,/i.exec(reference);
  return inline ? Buffer.from(reference.slice(inline[0].length), 'base64') : fetchFrame(room, reference);
}

async function measure(bytes: Buffer): Promise<{ width: number; height: number }> {
  if (bytes.length > frameLimitBytes) throw badRequest('input_reference is larger than 20 MiB.');
  try {
    const { width, height, format } = await sharp(bytes, { limitInputPixels: pixelLimit }).metadata();
    if (['jpeg', 'png', 'webp'].includes(format)) return { width, height };
  } catch {
    throw badRequest('input_reference is not a readable picture.');
  }
  throw badRequest('input_reference must be a JPEG, PNG or WebP picture.');
}

/** Keeps a clip's first frame on disk under the hash of its bytes. */
export async function keepFrame(
  room: Room,
  reference: string | Buffer | undefined,
): Promise<{ name: string | null; size: string }> {
  if (reference === undefined || reference.length === 0) return { name: null, size: '1280x720' };
  const bytes = await readReference(room, reference);
  const { width, height } = await measure(bytes);
  const name = hashOf(bytes);
  if (!(await isThere(join(room.dir, 'frames', name)))) await createFile(room.dir, 'frames', name, bytes);
  return { name, size: clipSize(width, height) };
}
