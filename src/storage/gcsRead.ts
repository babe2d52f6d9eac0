import { PassThrough, pipeline, Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { CRC32C, type File, HashStreamValidator } from '@google-cloud/storage';
import { type ByteRange, ObjectMissing } from './objectStore.ts';

const attempts = 4;
const headersWithinMs = 15_000;
const transient = new Set([408, 429, 500, 502, 503, 504]);

/** The request headers of an authenticated call; none for an emulator. */
export type Authorize = () => Promise<Headers>;

async function ask(object: File, authorize: Authorize, range: ByteRange | undefined): Promise<Response> {
  const headers = await authorize();
  headers.set('accept-encoding', 'identity');
  if (range) headers.set('range', `bytes=${range.start}-${range.end}`);
  const tooLate = new AbortController();
  const timer = setTimeout(() => tooLate.abort(new Error('The bucket did not answer in time.')), headersWithinMs);
  const { apiEndpoint } = object.storage;
  const path = `/storage/v1/b/${encodeURIComponent(object.bucket.name)}/o/${encodeURIComponent(object.name)}?alt=media`;
  return fetch(apiEndpoint + path, { headers, signal: tooLate.signal }).finally(() => clearTimeout(timer));
}

async function askPatiently(object: File, authorize: Authorize, range: ByteRange | undefined): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === attempts;
    const reply = await ask(object, authorize, range).catch((error: unknown) => {
      if (last) throw error;
    });
    if (reply && (last || !transient.has(reply.status))) return reply;
    await reply?.body?.cancel();
    await delay(200 * 2 ** attempt * Math.random());
  }
}

function checker(reply: Response, whole: boolean): HashStreamValidator | PassThrough {
  const crc32cExpected = /crc32c=([^,\s]+)/.exec(reply.headers.get('x-goog-hash') ?? '')?.[1];
  if (!whole || crc32cExpected === undefined) return new PassThrough();
  return new HashStreamValidator({ crc32c: true, crc32cExpected, crc32cGenerator: () => new CRC32C() });
}

/**
 * Reads an object with a request of its own. The library's read stream destroys the connections of all other reads
 * when one is abandoned or fails, so one viewer who leaves would cut off the others.
 */
export async function readObject(object: File, authorize: Authorize, range?: ByteRange): Promise<Readable> {
  const reply = await askPatiently(object, authorize, range);
  if (reply.ok && reply.body) return pipeline(Readable.fromWeb(reply.body), checker(reply, !range), () => undefined);
  await reply.body?.cancel();
  if (reply.status === 404) throw new ObjectMissing(object.name);
  if (reply.status === 416) throw new RangeError(`${object.name} ends before this range`);
  throw new Error(`The bucket answered ${reply.status} for ${object.name}.`);
}
