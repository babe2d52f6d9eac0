import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { VendorSettings } from './abilities.ts';
import { headBytes, isMedia, type MediaKind } from './sniff.ts';
import { unusable } from './vendorFailure.ts';

interface Kept {
  kind: MediaKind;
  file: string;
  maxBytes: number;
  signal: AbortSignal;
}

/** Writes an answer's body into a file while counting and recognising it; rejects where it is too long, cut off or no media. */
export async function writeMedia(settings: VendorSettings, response: IncomingMessage, kept: Kept): Promise<void> {
  const { kind, file, maxBytes, signal } = kept;
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw discard(response, unusable(settings, false, 'the result is compressed'));
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw discard(response, tooLong(settings));

  const recognised = async function* (body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let head: Buffer | undefined = Buffer.alloc(0);
    let size = 0;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > maxBytes) throw tooLong(settings);
      if (!head) {
        yield chunk;
        continue;
      }
      head = Buffer.concat([head, chunk]);
      if (head.length < headBytes) continue;
      if (!isMedia(kind, head)) throw notMedia(settings, kind);
      yield head;
      head = undefined;
    }
    if (head) throw notMedia(settings, kind);
  };
  await pipeline(response, recognised, createWriteStream(file), { signal });
}

function discard(response: IncomingMessage, reason: Error): Error {
  response.destroy();
  return reason;
}

const tooLong = (settings: VendorSettings) => unusable(settings, false, 'the result is too large');
const notMedia = (settings: VendorSettings, kind: MediaKind) =>
  unusable(settings, false, `the result is not a ${kind}`);
