import { openAsBlob } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Api } from './api.ts';
import { mistakes } from './mistakes.ts';

const largestBytes = 20 * 1024 * 1024;

const kinds: readonly { mimeType: string; looksLike: (head: Buffer) => boolean }[] = [
  { mimeType: 'image/jpeg', looksLike: (head) => head.readUIntBE(0, 3) === 0xffd8ff },
  { mimeType: 'image/png', looksLike: (head) => head.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n' },
  {
    mimeType: 'image/webp',
    looksLike: (head) => head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP',
  },
];

export interface Picture {
  path: string;
  mimeType: string;
}

/** Looks at the files before anything is started or bought for them; throws `UsageError`. */
export async function checkPictures(paths: readonly string[]): Promise<Picture[]> {
  return Promise.all(paths.map((path) => checkPicture(resolve(path))));
}

async function checkPicture(path: string): Promise<Picture> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw mistakes.noFile(path);
  if (found.size > largestBytes) throw mistakes.largeFile(path, '20 MiB');
  const head = await readHead(path);
  const kind = kinds.find(({ looksLike }) => looksLike(head));
  if (!kind) throw mistakes.notPicture(path);
  return { path, mimeType: kind.mimeType };
}

async function readHead(path: string): Promise<Buffer> {
  const head = Buffer.alloc(12);
  try {
    const file = await open(path);
    await file.read(head, 0, head.length, 0).finally(() => file.close());
  } catch (cause) {
    throw mistakes.unreadable(path, cause);
  }
  return head;
}

/** Uploads one picture and answers its media id. */
export async function uploadPicture(api: Api, { path, mimeType }: Picture): Promise<string> {
  const form = new FormData();
  form.append('file', await openAsBlob(path, { type: mimeType }), basename(path));
  const { id } = await api.call('uploadMedia', { form });
  return id;
}
