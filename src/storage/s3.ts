import { createWriteStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { attachment } from './contentDisposition.ts';
import { fileDigest } from './digest.ts';
import { checkKeyAndType, contentTypeOfKey } from './keys.ts';
import { type ByteRange, ObjectConflict, ObjectMissing, type ObjectStore, type StoredObject } from './objectStore.ts';

export interface S3Settings {
  bucket: string;
  region: string;
  /** Origin of a server that speaks the protocol; Amazon's own where it is missing. */
  endpoint?: string;
  /** Origin under which the same server is reached from outside: signed URLs carry it. */
  publicEndpoint?: string;
  /** The bucket in the path instead of the host name, as most servers beside Amazon's want it. */
  pathStyle: boolean;
  /** Without them the machine's own (environment, profile, instance role) are used. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** The longest an upload or a download may take in all. */
  transferTimeoutMs?: number;
  /** The longest a connection may carry nothing while something is asked for. */
  silentAtMostMs?: number;
}

const attempts = 4;
const silentAtMostMs = 30_000;
const sha256Name = 'sha256';

const statusOf = (error: unknown) => (error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined);
const isFinal = (error: unknown) => {
  const status = statusOf(error);
  return status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429;
};

/** The SDK's own warnings go nowhere: what matters reaches the caller as an error. */
const silent = () => undefined;
const quiet = { debug: silent, info: silent, warn: silent, error: silent };

function clientOf(settings: S3Settings, endpoint = settings.endpoint): S3Client {
  return new S3Client({
    region: settings.region,
    logger: quiet,
    forcePathStyle: settings.pathStyle,
    maxAttempts: attempts,
    // Not `requestTimeout`, which only writes a warning: a store that falls silent would be waited for without end.
    requestHandler: { connectionTimeout: 5_000, socketTimeout: settings.silentAtMostMs ?? silentAtMostMs },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint && { endpoint }),
    ...(settings.credentials && { credentials: settings.credentials }),
  });
}

interface Bucket {
  client: S3Client;
  name: string;
  timeoutMs: number;
}

/** A body that is a stream can be sent once only, so each attempt opens the file anew. */
async function patiently<T>(signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (isFinal(error) || error instanceof ObjectMissing || signal.aborted || tried === attempts) throw error;
      await delay(200 * 2 ** tried * Math.random());
    }
  }
}

async function headOf({ client, name }: Bucket, key: string): Promise<HeadObjectCommandOutput | undefined> {
  try {
    return await client.send(new HeadObjectCommand({ Bucket: name, Key: key }));
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

const toStored = (key: string, sizeBytes = 0): StoredObject => ({ key, sizeBytes, contentType: contentTypeOfKey(key) });

/** A refusal because of an object that has been deleted since holds no longer: it becomes a failure that may be tried again. */
async function unlessGone(bucket: Bucket, key: string, refusal: unknown): Promise<unknown> {
  if (statusOf(refusal) !== 412 || (await headOf(bucket, key))) return refusal;
  return new Error(`${key} was deleted in the middle`, { cause: refusal });
}

async function send(bucket: Bucket, key: string, file: string, signal: AbortSignal): Promise<number> {
  const [{ size }, sha256, md5] = await Promise.all([stat(file), fileDigest(file, 'sha256'), fileDigest(file, 'md5')]);
  const command = (body: Readable) =>
    new PutObjectCommand({
      Bucket: bucket.name,
      Key: key,
      Body: body,
      ContentLength: size,
      ContentMD5: md5,
      ContentType: contentTypeOfKey(key),
      Metadata: { [sha256Name]: sha256 },
      IfNoneMatch: '*',
    });
  await patiently(signal, async () => {
    try {
      await withBody(file, signal, (body, abortSignal) => bucket.client.send(command(body), { abortSignal }));
    } catch (error) {
      throw await unlessGone(bucket, key, error);
    }
  });
  return size;
}

/** The client listens to a body only once it sends it: what goes wrong with the file before then would end the process. */
async function withBody(
  file: string,
  signal: AbortSignal,
  work: (body: Readable, signal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const broken = new AbortController();
  const body = (await open(file)).createReadStream().on('error', (error) => broken.abort(error));
  try {
    await work(body, AbortSignal.any([signal, broken.signal]));
  } finally {
    body.destroy();
  }
}

/** A failure after which the object is there with our bytes was a lost answer, or our own retry meeting its first try. */
async function put(bucket: Bucket, key: string, file: string, contentType: string): Promise<StoredObject> {
  checkKeyAndType(key, contentType);
  try {
    return toStored(key, await send(bucket, key, file, AbortSignal.timeout(bucket.timeoutMs)));
  } catch (cause) {
    const present = await headOf(bucket, key).catch(() => undefined);
    if (present && present.Metadata?.[sha256Name] === (await fileDigest(file, 'sha256')))
      return toStored(key, present.ContentLength);
    if (statusOf(cause) === 412 || present) throw new ObjectConflict(`${key} holds other bytes already`, { cause });
    throw new Error(`Storing ${key} failed: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

async function read(
  { client, name }: Bucket,
  key: string,
  { range, signal }: { range?: ByteRange | undefined; signal?: AbortSignal } = {},
): Promise<Readable> {
  contentTypeOfKey(key);
  const asked = range && { Range: `bytes=${range.start}-${range.end}` };
  try {
    const sent = { Bucket: name, Key: key, ...asked };
    const { Body } = await client.send(new GetObjectCommand(sent), signal && { abortSignal: signal });
    if (Body instanceof Readable) return Body;
    throw new Error(`${key} came without a body`);
  } catch (error) {
    if (error instanceof NoSuchKey) throw new ObjectMissing(key, { cause: error });
    if (statusOf(error) === 416) throw new RangeError(`${key} ends before this range`, { cause: error });
    throw error;
  }
}

async function download(bucket: Bucket, key: string, file: string): Promise<void> {
  const signal = AbortSignal.timeout(bucket.timeoutMs);
  try {
    await patiently(signal, async () => {
      await pipeline(await read(bucket, key, { signal }), createWriteStream(file), { signal });
      const expected = (await headOf(bucket, key))?.Metadata?.[sha256Name];
      if (expected && expected !== (await fileDigest(file, 'sha256'))) throw new Error(`${key} arrived damaged`);
    });
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** Type and length are signed with the address; a client sends the length by itself. */
async function signedPut(signer: S3Client, bucket: string, key: string, sizeBytes: number, ttlSeconds: number) {
  const contentType = contentTypeOfKey(key);
  const asked = { ContentType: contentType, ContentLength: sizeBytes, IfNoneMatch: '*' };
  const url = await getSignedUrl(signer, new PutObjectCommand({ Bucket: bucket, Key: key, ...asked }), {
    expiresIn: ttlSeconds,
    signableHeaders: new Set(['content-type', 'content-length', 'if-none-match']),
  });
  return { url, headers: { 'content-type': contentType, 'if-none-match': '*' } };
}

/** Media in an S3-compatible bucket: written once under `If-None-Match: *`, read through presigned URLs. */
export async function s3Store(settings: S3Settings): Promise<ObjectStore> {
  const client = clientOf(settings);
  const signer = settings.publicEndpoint ? clientOf(settings, settings.publicEndpoint) : client;
  const bucket = { client, name: settings.bucket, timeoutMs: settings.transferTimeoutMs ?? 300_000 };
  return {
    kind: 's3',
    public: !settings.endpoint || settings.publicEndpoint?.startsWith('https:') === true,
    direct: !settings.endpoint || settings.publicEndpoint !== undefined,
    put: (key, file, contentType) => put(bucket, key, file, contentType),
    read: (key, range) => read(bucket, key, { range }),
    stat: async (key) => {
      contentTypeOfKey(key);
      const head = await headOf(bucket, key);
      return head && toStored(key, head.ContentLength);
    },
    download: async (key, file) => {
      contentTypeOfKey(key);
      await download(bucket, key, file);
    },
    remove: async (key) => {
      contentTypeOfKey(key);
      await client.send(new DeleteObjectCommand({ Bucket: bucket.name, Key: key }));
    },
    signedPut: (key, sizeBytes, ttlSeconds) => signedPut(signer, bucket.name, key, sizeBytes, ttlSeconds),
    signedUrl: (key, ttlSeconds, options) =>
      getSignedUrl(
        signer,
        new GetObjectCommand({
          Bucket: bucket.name,
          Key: key,
          ResponseContentType: contentTypeOfKey(key),
          ...(options?.downloadAs !== undefined && { ResponseContentDisposition: attachment(options.downloadAs) }),
        }),
        { expiresIn: ttlSeconds },
      ),
  };
}
