import type { Readable } from 'node:stream';

export interface StoredObject {
  key: string;
  sizeBytes: number;
  contentType: string;
}

/** Inclusive byte positions, as in an HTTP Range header; an `end` past the last byte means the last byte. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface SignedUrlOptions {
  /** Makes a browser save the object under this name instead of showing it. */
  downloadAs?: string;
}

/** A PUT that works without credentials, and only with these headers. */
export interface SignedPut {
  url: string;
  headers: Record<string, string>;
}

/** Where generated and uploaded media live. Keys are generated (`keys.ts`), objects are written once and never changed. */
export interface ObjectStore {
  readonly kind: 'local' | 'gcs' | 's3';
  /** True where a vendor on the internet can fetch a signed URL of this store. */
  readonly public: boolean;
  /** True where whoever uses the API can fetch a signed URL of this store, and is therefore sent there. */
  readonly direct: boolean;
  /** Stores a finished file, which nobody writes to any more, under a key. The same key with the same bytes is a success, with other bytes an `ObjectConflict`. */
  put(key: string, file: string, contentType: string): Promise<StoredObject>;
  /** Reads an object, or part of it; rejects with `ObjectMissing` where there is none, with a `RangeError` where the range begins past its end. */
  read(key: string, range?: ByteRange): Promise<Readable>;
  stat(key: string): Promise<StoredObject | undefined>;
  /** Puts an object into a local file, to be read only: it may be the stored bytes themselves. A failure leaves no file. */
  download(key: string, file: string): Promise<void>;
  /** Deletes an object; deleting a missing one is a success. */
  remove(key: string): Promise<void>;
  /** A URL that reads this object without further credentials until it expires; undefined where the service itself must serve it. */
  signedUrl(key: string, ttlSeconds: number, options?: SignedUrlOptions): Promise<string | undefined>;
  /**
   * An address that takes one object of the key's type and of exactly this length until it expires, and never replaces one; undefined where
   * the service itself has to take it.
   */
  signedPut(key: string, sizeBytes: number, ttlSeconds: number): Promise<SignedPut | undefined>;
}

export class ObjectMissing extends Error {
  override readonly name = 'ObjectMissing';
}

/** The key is taken by other bytes. */
export class ObjectConflict extends Error {
  override readonly name = 'ObjectConflict';
}
