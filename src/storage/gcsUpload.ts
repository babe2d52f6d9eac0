import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { CRC32C, type File, type FileMetadata } from '@google-cloud/storage';
import type { Authorize } from './gcsRead.ts';

const attempts = 6;
const sessions = 2;
const transient = new Set([408, 429, 500, 502, 503, 504]);

/** A refusal by the bucket; `code` is its HTTP status. */
class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
  readonly code: number;

  constructor(code: number) {
    super(`the bucket answered ${code}`);
    this.code = code;
  }
}

class BytesDiffer extends Error {
  override readonly name = 'BytesDiffer';
}

interface Upload {
  object: File;
  session: string;
  file: string;
  sizeBytes: number;
  crc32c: string;
  authorize: Authorize;
  signal: AbortSignal;
}

/** Asks how much of an interrupted upload has arrived. */
async function askProgress({ session, authorize, signal }: Upload): Promise<Response> {
  const headers = await authorize();
  headers.set('content-range', 'bytes */*');
  return fetch(session, { method: 'PUT', headers, body: '', redirect: 'manual', signal });
}

/** Sends everything from `offset` on. */
async function send(
  { session, file, sizeBytes, crc32c, authorize, signal }: Upload,
  offset: number,
): Promise<Response> {
  const headers = await authorize();
  const rest = sizeBytes - offset;
  headers.set('content-range', `bytes ${rest > 0 ? `${offset}-${sizeBytes - 1}` : '*'}/${sizeBytes}`);
  headers.set('content-length', String(rest));
  headers.set('x-goog-hash', `crc32c=${crc32c}`);
  const common = { method: 'PUT', headers, redirect: 'manual', signal } as const;
  if (rest === 0) return fetch(session, { ...common, body: '' });
  const bytes = createReadStream(file, { start: offset, end: sizeBytes - 1 });
  return fetch(session, { ...common, body: Readable.toWeb(bytes), duplex: 'half' }).finally(() => bytes.destroy());
}

/** How many bytes the bucket says it has. */
function arrived(reply: Response): number {
  const last = /-(\d+)$/.exec(reply.headers.get('range') ?? '')?.[1];
  return last === undefined ? 0 : Number(last) + 1;
}

/** An object with other bytes than were sent is taken away again: it would stand in the way of the next try. */
async function checkStored({ object, crc32c }: Upload, reply: Response): Promise<void> {
  const facts = (await reply.json()) as FileMetadata;
  if (facts.crc32c === undefined || facts.crc32c === crc32c) return;
  await object.delete({ ignoreNotFound: true, ...(facts.generation ? { ifGenerationMatch: facts.generation } : {}) });
  throw new BytesDiffer('the bucket stored other bytes than were sent');
}

/** Sends, and after each interruption asks what has arrived and sends the rest. */
async function sendAll(upload: Upload): Promise<void> {
  let offset: number | undefined = 0;
  for (let attempt = 1; ; ) {
    const asked: number | undefined = offset;
    const reply: Response | undefined = await (asked === undefined ? askProgress(upload) : send(upload, asked)).catch(
      (error: unknown) => {
        if (upload.signal.aborted || attempt === attempts) throw error;
        return undefined;
      },
    );
    if (reply?.ok) return checkStored(upload, reply);
    await reply?.body?.cancel();
    offset = reply?.status === 308 ? arrived(reply) : undefined;
    if (asked === undefined && offset !== undefined) continue;
    if (reply && reply.status !== 308 && !transient.has(reply.status)) throw new UploadRefused(reply.status);
    if (attempt === attempts) throw new UploadRefused(reply?.status ?? 0);
    await delay(200 * 2 ** attempt * Math.random(), undefined, { signal: upload.signal });
    attempt += 1;
  }
}

/**
 * A resumable upload of a finished file that never replaces an object, checked by CRC32C on both sides. The library opens the session;
 * the bytes go by requests of our own, because its upload stream, when aborted, goes on trying and may end in an uncaught exception.
 */
export async function uploadFile(
  object: File,
  file: string,
  contentType: string,
  { authorize, signal }: Pick<Upload, 'authorize' | 'signal'>,
): Promise<void> {
  const { size: sizeBytes } = await stat(file);
  const crc32c = (await CRC32C.fromFile(file)).toString();
  const metadata = { contentType, cacheControl: 'private, max-age=31536000, immutable' };
  for (let attempt = 1; ; attempt += 1) {
    const [session] = await object.createResumableUpload({ preconditionOpts: { ifGenerationMatch: 0 }, metadata });
    try {
      return await sendAll({ object, session, file, sizeBytes, crc32c, authorize, signal });
    } catch (error) {
      if (!(error instanceof BytesDiffer) || attempt === sessions) throw error;
    }
  }
}
