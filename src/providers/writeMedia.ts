import { open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { VendorSettings } from './abilities.ts';
import { headBytes, isMedia, type MediaKind } from './sniff.ts';
import { unusable } from './vendorFailure.ts';

interface Kept {
  kind: MediaKind;
  file: string;
  maxBytes: number;
}

/** Writes an answer's body into a file while counting and recognising it; rejects where it is too long, cut off or no media. */
export async function writeMedia(settings: VendorSettings, response: IncomingMessage, kept: Kept): Promise<void> {
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw discard(response, unusable(settings, false, 'the result is compressed'));
  if (Number(response.headers['content-length'] ?? 0) > kept.maxBytes) throw discard(response, tooLong(settings));
  const file = await open(kept.file, 'w');
  try {
    await file.writeFile(recognised(settings, response, kept));
  } finally {
    await file.close();
  }
}

/** Passes a body on once its first bytes are those of media of its kind. */
async function* recognised(
  settings: VendorSettings,
  body: AsyncIterable<Buffer>,
  { kind, maxBytes }: Kept,
): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw tooLong(settings);
    head = head && Buffer.concat([head, chunk]);
    if (head && head.length < headBytes) continue;
    if (head && !isMedia(kind, head)) throw notMedia(settings, kind);
    yield head ?? chunk;
    head = undefined;
  }
  if (head) throw notMedia(settings, kind);
}

function discard(response: IncomingMessage, reason: Error): Error {
  response.destroy();
  return reason;
}

const tooLong = (settings: VendorSettings) => unusable(settings, false, 'the result is too large');
const notMedia = (settings: VendorSettings, kind: MediaKind) =>
  unusable(settings, false, `the result is not a ${kind}`);
