import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Config } from '../config.ts';
import { mediaKey } from '../storage/keys.ts';
import { ObjectConflict, type ObjectStore } from '../storage/objectStore.ts';
import { isStorageAway } from '../storage/storageAway.ts';
import { openStore } from '../storage/store.ts';
import { type Finding, finding, reasonOf, same } from './finding.ts';
import { checkUploads } from './uploads.ts';

const bytes = Buffer.from('DirectorAI: is this store right?\n');
/** Nothing was refused: nobody was there. */
const unreached = [
  'Nobody answers there: check the address (S3_ENDPOINT, S3_PUBLIC_ENDPOINT, GCS_ENDPOINT), the network, and whether the store runs.',
  '无法连接：请检查地址（S3_ENDPOINT、S3_PUBLIC_ENDPOINT、GCS_ENDPOINT）、网络以及存储服务是否运行。',
] as const;
const nobody = '00000000-0000-4000-8000-000000000000';

/** Every use that the service and its clients make of its store, once, with an object of its own that is removed at the end. */
export async function checkStorage({ storage, publicUrl }: Pick<Config, 'storage' | 'publicUrl'>): Promise<Finding[]> {
  const findings: Finding[] = [];
  const dir = await mkdtemp(join(tmpdir(), 'directorai-storage-'));
  const tryOut = async (name: string, work: () => Promise<Finding | undefined>, advice: [en: string, zh: string]) => {
    if (findings.some(({ state }) => state === 'bad')) return;
    const bad = (error: unknown) => {
      const [en, zh] = storage.kind !== 'local' && isStorageAway(error) ? unreached : advice;
      return finding(name, 'bad', same(reasonOf(error)), { en, zh });
    };
    findings.push((await work().catch(bad)) ?? finding(name, 'ok', { en: 'works', zh: '正常' }));
  };
  try {
    let store: ObjectStore | undefined;
    const open = async (): Promise<Finding> => {
      store = await openStore(storage);
      return finding(
        'storage',
        'ok',
        same(storage.kind === 'local' ? `local, ${storage.dir}` : `${storage.kind}, ${storage.bucket}`),
      );
    };
    await tryOut('storage', open, ['Look at STORAGE and the settings of that kind.', '请检查 STORAGE 及其相关设置。']);
    if (store) await useIt(store, dir, tryOut);
    if (store?.direct) await checkUploads(store, publicUrl, tryOut);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
  return findings;
}

export type TryOut = (
  name: string,
  work: () => Promise<Finding | undefined>,
  advice: [string, string],
) => Promise<void>;

async function useIt(store: ObjectStore, dir: string, tryOut: TryOut): Promise<void> {
  const mediaId = `00000000-0000-4000-8000-${randomBytes(6).toString('hex')}`;
  const key = mediaKey({ userId: nobody, mediaId, variant: 'content', extension: 'png' });
  const file = join(dir, 'sent');
  await writeFile(file, bytes);
  try {
    await tryOut('  put', () => put(store, key, file), [
      'Allow this credential to write into the bucket.',
      '请授予写入权限。',
    ]);
    await tryOut('  once', () => putTwice(store, key, dir), [
      'The store has to know If-None-Match on a put, or files could be overwritten.',
      '该存储必须支持 put 的 If-None-Match，否则文件可能被覆盖。',
    ]);
    await tryOut('  get', () => read(store, key, dir), ['Allow it to read.', '请授予读取权限。']);
    await tryOut('  sign', () => sign(store, key), [
      'Browsers read by signed addresses: look at S3_PUBLIC_ENDPOINT, the credential and the clock.',
      '浏览器通过签名地址读取：请检查 S3_PUBLIC_ENDPOINT、凭证与时钟。',
    ]);
  } finally {
    const removed = async () => {
      await store.remove(key);
      if (await store.stat(key)) throw new Error('the object is still there');
      return undefined;
    };
    await tryOut('  remove', removed, ['Allow it to delete.', '请授予删除权限。']);
    await store.remove(key).catch(() => undefined);
  }
}

async function put(store: ObjectStore, key: string, file: string): Promise<undefined> {
  await store.put(key, file, 'image/png');
  const kept = await store.stat(key);
  if (kept?.sizeBytes !== bytes.length) throw new Error(`it keeps ${kept?.sizeBytes ?? 0} of ${bytes.length} bytes`);
}

/** Other bytes under a taken key have to be refused. */
async function putTwice(store: ObjectStore, key: string, dir: string): Promise<undefined> {
  const other = join(dir, 'other');
  await writeFile(other, createHash('sha256').update(bytes).digest('hex'));
  const refused = await store.put(key, other, 'image/png').then(
    () => false,
    (error: unknown) => {
      if (error instanceof ObjectConflict) return true;
      throw error;
    },
  );
  if (!refused) throw new Error('it let an object be overwritten');
}

async function read(store: ObjectStore, key: string, dir: string): Promise<undefined> {
  const got = join(dir, 'got');
  await store.download(key, got);
  if (!(await readFile(got)).equals(bytes)) throw new Error('it gives other bytes than it got');
  const part = await buffer(await store.read(key, { start: 0, end: 3 }));
  if (!part.equals(bytes.subarray(0, 4))) throw new Error('it does not give a part of an object');
}

async function sign(store: ObjectStore, key: string): Promise<Finding | undefined> {
  const url = await store.signedUrl(key, 60);
  if (!url)
    return finding('  sign', 'ok', {
      en: 'not needed, the service serves files itself',
      zh: '无需，由服务自身提供文件',
    });
  const answer = await fetch(url, { signal: AbortSignal.timeout(15_000) });
  if (!answer.ok) throw new Error(`the signed address is answered ${answer.status}`);
  if (!Buffer.from(await answer.arrayBuffer()).equals(bytes)) throw new Error('the signed address gives other bytes');
  return undefined;
}
