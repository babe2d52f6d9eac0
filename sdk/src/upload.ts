import { DirectorAIError } from './errors.js';
import { files } from './host.js';

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
  /** Shown in lists. Default: the path's last part, a `File`'s own name, or `upload`. */
  filename?: string | undefined;
}

const types: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

/** The whole of what is uploaded, as a file with a name: whole, so that it can be sent again. */
export async function fileOf(upload: Upload, { filename }: UploadOptions = {}): Promise<File> {
  const isPath = typeof upload === 'string' || upload instanceof URL;
  const name = filename ?? (isPath ? lastPart(String(upload)) : nameOf(upload));
  const content = isPath ? new Blob([copyOf(await files().promises.readFile(upload))]) : await blobOf(upload);
  const type = content.type || types[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] || '';
  return new File([content], name, { type });
}

const lastPart = (path: string): string => path.split(/[\\/]/).at(-1) || 'upload';

const nameOf = (upload: object): string =>
  'name' in upload && typeof upload.name === 'string' && upload.name ? lastPart(upload.name) : 'upload';

async function blobOf(upload: Exclude<Upload, string | URL>): Promise<Blob> {
  if (upload instanceof Blob) return upload;
  if (upload instanceof ArrayBuffer) return new Blob([upload]);
  if (ArrayBuffer.isView(upload)) return new Blob([copyOf(upload)]);
  if (upload instanceof ReadableStream) return new Response(upload).blob();
  if (!(Symbol.asyncIterator in upload)) throw new DirectorAIError('this is nothing that can be uploaded');
  const parts: BlobPart[] = [];
  for await (const part of upload) parts.push(copyOf(part));
  return new Blob(parts);
}

/** Of its own: the memory seen may be shared, or be used again by its stream. */
const copyOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): BlobPart =>
  new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
