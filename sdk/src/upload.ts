import { orAborted } from './abort.js';
import { DirectorAIError } from './errors.js';
import { files } from './host.js';
import type { RequestOptions } from './options.js';

/** A path (Node, Bun, Deno), a `Blob` or `File`, bytes (a `Buffer` is some), or a stream of bytes. */
export type Upload =
  | string
  | URL
  | Blob
  | ArrayBuffer
  | ArrayBufferView
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>;

export interface UploadOptions {
  /** Shown in lists. Default: the last part of the path (of a file's stream, too), a `File`'s own name, or `upload`. */
  filename?: string | undefined;
}

/** The service takes no more. */
const mostBytes = 20 * 1024 * 1024;

const types: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

/** The whole of what is uploaded, as a file with a name: whole, so that it can be sent again. */
export async function fileOf(
  upload: Upload,
  { filename, signal }: UploadOptions & Pick<RequestOptions, 'signal'> = {},
): Promise<File> {
  const name = filename ?? nameOf(upload);
  const content = await blobOf(upload, signal);
  if (content.size > mostBytes) throw tooLarge();
  const type = content.type || types[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] || '';
  return new File([content], name, { type });
}

const tooLarge = () => new DirectorAIError(`an upload may have ${mostBytes / 1024 / 1024} MiB; this is more`);

function nameOf(upload: Upload): string {
  if (typeof upload === 'string') return lastPart(upload);
  if (upload instanceof URL) return lastPart(decodeURIComponent(upload.pathname));
  if ('name' in upload && typeof upload.name === 'string') return lastPart(upload.name);
  // A stream of Node's knows the path of its file.
  return 'path' in upload && typeof upload.path === 'string' ? lastPart(upload.path) : 'upload';
}

const lastPart = (path: string): string => path.split(/[\\/]/).at(-1) || 'upload';

async function blobOf(upload: Upload, signal: AbortSignal | undefined): Promise<Blob> {
  if (typeof upload === 'string' || upload instanceof URL) return new Blob([copyOf(await readPath(upload, signal))]);
  if (upload instanceof Blob) return upload;
  if (upload instanceof ArrayBuffer) return new Blob([upload]);
  if (ArrayBuffer.isView(upload)) return new Blob([copyOf(upload)]);
  if (upload instanceof ReadableStream) return readAll(chunksOf(upload), signal);
  if (Symbol.asyncIterator in upload) return readAll(upload[Symbol.asyncIterator](), signal);
  throw new DirectorAIError('this is nothing that can be uploaded');
}

async function readPath(path: string | URL, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const { promises } = files();
  try {
    if ((await promises.stat(path)).size > mostBytes) throw tooLarge();
    return await promises.readFile(path, { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof DirectorAIError) throw cause;
    throw new DirectorAIError(`${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

/** Not every browser can iterate over a stream. */
function chunksOf(stream: ReadableStream<Uint8Array>): AsyncIterator<Uint8Array> {
  const reader = stream.getReader();
  return {
    async next() {
      const { done, value } = await reader.read();
      return done ? { done, value: undefined } : { done, value };
    },
    async return() {
      await reader.cancel();
      return { done: true, value: undefined };
    },
  };
}

/** A source that is left before its end is told so, and not waited for. */
async function readAll(chunks: AsyncIterator<Uint8Array>, signal: AbortSignal | undefined): Promise<Blob> {
  const parts: BlobPart[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await orAborted(chunks.next(), signal);
      if (done) return new Blob(parts);
      size += value.byteLength;
      if (size > mostBytes) throw tooLarge();
      parts.push(copyOf(value));
    }
  } catch (cause) {
    chunks.return?.().catch(() => undefined);
    signal?.throwIfAborted();
    if (cause instanceof DirectorAIError) throw cause;
    throw new DirectorAIError(`the stream to be uploaded cannot be read: ${messageOf(cause)}`, { cause });
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** Of its own: the memory seen may be shared, or be used again by its stream. */
const copyOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): BlobPart =>
  new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
