import { generateKeyPair } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Bucket, CRC32C, type File, type FileMetadata, IdempotencyStrategy, Storage } from '@google-cloud/storage';
import { attachment } from './contentDisposition.ts';
import { fileDigest } from './digest.ts';
import { type Authorize, readObject } from './gcsRead.ts';
import { uploadFile } from './gcsUpload.ts';
import { checkKeyAndType, contentTypeOfKey } from './keys.ts';
import { ObjectConflict, ObjectMissing, type ObjectStore, type SignedPut, type StoredObject } from './objectStore.ts';

export interface GcsCredentials {
  client_email: string;
  private_key: string;
}

export interface GcsSettings {
  bucket: string;
  projectId?: string;
  /** An emulator's or a private endpoint's origin. */
  endpoint?: string;
  /** Without them the machine's own (application default) credentials are used; an emulator gets throw-away ones. */
  credentials?: GcsCredentials;
  /** The longest an upload or a download may take in all. */
  transferTimeoutMs?: number;
}

/** Everything may be tried again: objects are written once under a precondition, and never change. */
const retryOptions = {
  idempotencyStrategy: IdempotencyStrategy.RetryAlways,
  maxRetries: 4,
  totalTimeout: 60,
  maxRetryDelay: 8,
};
const downloadAttempts = 3;
const uploadAttempts = 4;
/** The library rejects with errors of several kinds, some of them plain objects. */
const codeOf = (error: unknown) =>
  error && typeof error === 'object' && 'code' in error ? Number(error.code) : undefined;

/** Only the message of the library's error: it carries the whole request along, which has no place in a log. */
function bucketFailed(what: string, key: string, error: unknown): Error {
  const words = error && typeof error === 'object' && 'message' in error ? String(error.message) : String(error);
  return new Error(`${what} ${key} failed: ${words}`);
}

async function throwAwayCredentials(): Promise<GcsCredentials> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  return { client_email: 'emulator@example.invalid', private_key: String(pem) };
}

async function openBucket({ bucket, projectId, endpoint, credentials }: GcsSettings): Promise<Bucket> {
  const forSigning = credentials ?? (endpoint ? await throwAwayCredentials() : undefined);
  const storage = new Storage({
    retryOptions,
    ...(projectId ? { projectId } : {}),
    ...(endpoint ? { apiEndpoint: endpoint, useAuthWithCustomEndpoint: credentials !== undefined } : {}),
    ...(forSigning ? { credentials: forSigning } : {}),
  });
  return storage.bucket(bucket);
}

async function metadataOf(object: File): Promise<FileMetadata | undefined> {
  try {
    return (await object.getMetadata())[0];
  } catch (error) {
    if (codeOf(error) === 404) return undefined;
    throw bucketFailed('Looking up', object.name, error);
  }
}

function toStored(key: string, facts: FileMetadata): StoredObject {
  return { key, sizeBytes: Number(facts.size), contentType: contentTypeOfKey(key) };
}

async function hasBytesOf(facts: FileMetadata, file: string): Promise<boolean> {
  if (Number(facts.size) !== (await stat(file)).size) return false;
  if (facts.md5Hash) return facts.md5Hash === (await fileDigest(file, 'md5'));
  return facts.crc32c === (await CRC32C.fromFile(file)).toString();
}

/** A refusal because of an object that has been deleted since holds no longer: the file is sent again. */
async function send(object: File, authorize: Authorize, file: string, contentType: string, signal: AbortSignal) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await uploadFile(object, file, contentType, { authorize, signal });
    } catch (error) {
      const isGone = codeOf(error) === 412 && (await metadataOf(object)) === undefined;
      if (!isGone || signal.aborted || attempt === uploadAttempts) throw error;
      await delay(200 * 2 ** attempt * Math.random());
    }
  }
}

/** A failure after which the object is there with our bytes was a lost answer, or our own retry meeting its first try. */
async function put(object: File, authorize: Authorize, file: string, contentType: string, timeoutMs: number) {
  checkKeyAndType(object.name, contentType);
  try {
    await send(object, authorize, file, contentType, AbortSignal.timeout(timeoutMs));
  } catch (error) {
    const facts = await metadataOf(object).catch(() => undefined);
    if (facts && (await hasBytesOf(facts, file))) return toStored(object.name, facts);
    if (codeOf(error) === 412) throw new ObjectConflict(`${object.name} holds other bytes already`);
    throw bucketFailed('Storing', object.name, error);
  }
  return { key: object.name, sizeBytes: (await stat(file)).size, contentType: contentTypeOfKey(object.name) };
}

async function download(object: File, authorize: Authorize, file: string, timeoutMs: number): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await pipeline(await readObject(object, authorize), createWriteStream(file), { signal });
    } catch (error) {
      await rm(file, { force: true });
      if (error instanceof ObjectMissing || signal.aborted || attempt === downloadAttempts) throw error;
      await delay(200 * 2 ** attempt * Math.random());
    }
  }
}

async function remove(object: File): Promise<void> {
  try {
    await object.delete({ ignoreNotFound: true });
  } catch (error) {
    throw bucketFailed('Deleting', object.name, error);
  }
}

async function signedUrl(object: File, ttlSeconds: number, downloadAs: string | undefined): Promise<string> {
  const [url] = await object.getSignedUrl({
    version: 'v4',
    action: 'read',
    responseType: contentTypeOfKey(object.name),
    expires: Date.now() + ttlSeconds * 1000,
    ...(downloadAs === undefined ? {} : { responseDisposition: attachment(downloadAs) }),
  });
  return url;
}

/** The bucket holds the client to the headers that were signed, the length among them. */
async function signedPut(object: File, sizeBytes: number, ttlSeconds: number): Promise<SignedPut> {
  const contentType = contentTypeOfKey(object.name);
  const extensionHeaders = {
    'x-goog-content-length-range': `${sizeBytes},${sizeBytes}`,
    'x-goog-if-generation-match': '0',
  };
  const expires = Date.now() + ttlSeconds * 1000;
  const [url] = await object.getSignedUrl({ version: 'v4', action: 'write', contentType, expires, extensionHeaders });
  return { url, headers: { 'content-type': contentType, ...extensionHeaders } };
}

/** Media in a Google Cloud Storage bucket: written under a precondition, checked by checksum, read through V4 signed URLs. */
export async function gcsStore(settings: GcsSettings): Promise<ObjectStore> {
  const bucket = await openBucket(settings);
  const anonymous = settings.endpoint !== undefined && settings.credentials === undefined;
  const authorize = async () => (anonymous ? new Headers() : bucket.storage.authClient.getRequestHeaders());
  const timeoutMs = settings.transferTimeoutMs ?? 300_000;
  const object = (key: string) => {
    contentTypeOfKey(key);
    return bucket.file(key);
  };
  return {
    kind: 'gcs',
    public: settings.endpoint === undefined,
    direct: settings.endpoint === undefined,
    put: async (key, file, contentType) => put(object(key), authorize, file, contentType, timeoutMs),
    read: async (key, range) => readObject(object(key), authorize, range),
    stat: async (key) => {
      const facts = await metadataOf(object(key));
      return facts && toStored(key, facts);
    },
    download: async (key, file) => download(object(key), authorize, file, timeoutMs),
    remove: async (key) => remove(object(key)),
    signedUrl: async (key, ttlSeconds, options) => signedUrl(object(key), ttlSeconds, options?.downloadAs),
    signedPut: async (key, sizeBytes, ttlSeconds) => signedPut(object(key), sizeBytes, ttlSeconds),
  };
}
