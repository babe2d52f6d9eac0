import { type FileHandle, open } from 'node:fs/promises';

/** No clip of ours has more packets: ten minutes at 60 a second, with sound. */
const mostSamples = 100_000;
const mostIndexBytes = 8 * 1024 * 1024;
const containers = new Set(['trak', 'mdia', 'minf', 'stbl', 'edts']);
/** Bytes of an entry, after the box's version and flags and the number of entries. */
const entryBytes: Record<string, number> = { stts: 8, ctts: 8, stsc: 12, stco: 4, co64: 8, stss: 4, elst: 12 };

interface Box {
  type: string;
  /** Of the content, within the file or the buffer. */
  from: number;
  to: number;
}

/**
 * True where an MP4's index (ISO/IEC 14496-12) is one plain `moov` whose tables lie within it and count no more packets than a clip
 * has. A reader may believe such tables; one that believes any table can be kept busy for minutes by a few bytes.
 */
export async function hasBoundedIndex(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const found = await findIndex(handle, (await handle.stat()).size);
    if (!found || found.to - found.from > mostIndexBytes) return false;
    const index = Buffer.alloc(found.to - found.from);
    await handle.read(index, 0, index.length, found.from);
    return areBounded(index, 0, index.length, 0);
  } finally {
    await handle.close();
  }
}

/** The one `moov` among so many boxes at the file's top; undefined for files in fragments, and for any box that is not whole. */
async function findIndex(handle: FileHandle, fileBytes: number): Promise<Box | undefined> {
  const head = Buffer.alloc(16);
  let found: Box | undefined;
  let at = 0;
  for (let count = 0; at < fileBytes; count += 1) {
    const { bytesRead } = await handle.read(head, 0, 16, at);
    const box = boxAt(head.subarray(0, bytesRead), 0, fileBytes - at);
    if (count === 32 || !box || box.type === 'moof' || (box.type === 'moov' && found)) return undefined;
    if (box.type === 'moov') found = { ...box, from: at + box.from, to: at + box.to };
    at += box.to;
  }
  return found;
}

/** A cut-off `mdat` counts as whole: what is missing there is for others to notice. */
function boxAt(bytes: Buffer, at: number, end: number): Box | undefined {
  if (at + 8 > bytes.length) return undefined;
  const type = bytes.toString('latin1', at + 4, at + 8);
  const short = bytes.readUInt32BE(at);
  const large = short === 1 && at + 16 <= bytes.length ? Number(bytes.readBigUInt64BE(at + 8)) : short;
  const header = short === 1 ? 16 : 8;
  const to = type === 'mdat' ? Math.min(at + large, end) : at + large;
  return large < header || to > end ? undefined : { type, from: at + header, to };
}

function areBounded(bytes: Buffer, from: number, end: number, depth: number): boolean {
  for (let at = from; at < end; ) {
    const box = boxAt(bytes, at, end);
    if (!box || depth > 6 || !isBounded(bytes, box, depth)) return false;
    at = box.to;
  }
  return true;
}

function isBounded(bytes: Buffer, box: Box, depth: number): boolean {
  const { type, from, to } = box;
  if (type === 'mvex') return false;
  if (containers.has(type)) return areBounded(bytes, from, to, depth + 1);
  const size = entryBytes[type];
  if (size === undefined && type !== 'stsz') return true;
  if (to - from < (type === 'stsz' ? 12 : 8)) return false;
  if (type === 'stsz') return areSizesBounded(bytes, box);
  const count = bytes.readUInt32BE(from + 4);
  if (count > mostSamples || from + 8 + count * (size ?? 0) > to) return false;
  return totalOf(bytes, box, count) <= mostSamples;
}

function areSizesBounded(bytes: Buffer, { from, to }: Box): boolean {
  const count = bytes.readUInt32BE(from + 8);
  return count <= mostSamples && (bytes.readUInt32BE(from + 4) > 0 || from + 12 + count * 4 <= to);
}

/** Packets that a table of times or of chunks speaks of. */
function totalOf(bytes: Buffer, { type, from }: Box, count: number): number {
  let total = 0;
  for (let entry = 0; entry < count; entry += 1) {
    if (type === 'stts' || type === 'ctts') total += bytes.readUInt32BE(from + 8 + entry * 8);
    if (type === 'stsc')
      total = Math.max(total, bytes.readUInt32BE(from + 8 + entry * 12 + 4), bytes.readUInt32BE(from + 8 + entry * 12));
  }
  return total;
}
