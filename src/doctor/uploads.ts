import { randomBytes } from 'node:crypto';
import { uploadKey } from '../storage/keys.ts';
import type { ObjectStore, SignedPut } from '../storage/objectStore.ts';
import { type Finding, finding, same } from './finding.ts';
import type { TryOut } from './storage.ts';

const bytes = Buffer.from('DirectorAI: does this store take uploads?\n');
const timeLimitMs = 15_000;

/** Whether clients may put a file into the bucket by a signed address, and pages of a browser too. */
export async function checkUploads(store: ObjectStore, publicUrl: string | undefined, tryOut: TryOut): Promise<void> {
  const userId = '00000000-0000-4000-8000-000000000000';
  const uploadId = `00000000-0000-4000-8000-${randomBytes(6).toString('hex')}`;
  const key = uploadKey({ userId, uploadId, extension: 'png' });
  try {
    const signed = await store.signedPut(key, bytes.length, 60);
    if (!signed) return;
    await tryOut('  upload', () => upload(store, key, signed), [
      'Clients upload by signed addresses: look at S3_PUBLIC_ENDPOINT, and allow the credential to write under uploads/.',
      '客户端通过签名地址上传：请检查 S3_PUBLIC_ENDPOINT，并授予 uploads/ 下的写入权限。',
    ]);
    await tryOut('  cors', () => askAsPage(signed, publicUrl ?? 'http://localhost:8080'), ['', '']);
  } finally {
    await store.remove(key).catch(() => undefined);
  }
}

const put = ({ url, method = 'PUT', headers }: SignedPut & { method?: string }, body: Buffer) =>
  fetch(url, { method, headers, body: new Uint8Array(body), signal: AbortSignal.timeout(timeLimitMs) });

async function upload(store: ObjectStore, key: string, signed: SignedPut): Promise<Finding | undefined> {
  const longer = await put(signed, Buffer.concat([bytes, bytes]));
  if (longer.ok) {
    return finding(
      '  upload',
      'warn',
      { en: 'works, but takes more bytes than were signed', zh: '可用，但接受超出签名长度的内容' },
      {
        en: 'Nothing too large becomes media; the bucket may hold it for a day.',
        zh: '超大文件不会入库，但可能在存储中保留一天。',
      },
    );
  }
  const answer = await put(signed, bytes);
  if (!answer.ok) throw new Error(`the signed address is answered ${answer.status}`);
  if ((await store.stat(key))?.sizeBytes !== bytes.length) throw new Error('what was uploaded is not there');
  return undefined;
}

/** What a browser asks before a page of that origin may send there. */
async function askAsPage({ url, headers }: SignedPut, publicUrl: string): Promise<Finding> {
  const { origin } = new URL(publicUrl);
  const names = Object.keys(headers).join(', ');
  const asked = { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': names };
  const signal = AbortSignal.timeout(timeLimitMs);
  const answer = await fetch(url, { method: 'OPTIONS', headers: asked, signal }).catch(() => undefined);
  const allowed = answer?.headers.get('access-control-allow-origin');
  if (answer?.ok && (allowed === '*' || allowed === origin)) return finding('  cors', 'ok', same(origin));
  return finding(
    '  cors',
    'warn',
    { en: `the bucket does not let pages of ${origin} upload`, zh: `存储不允许 ${origin} 的页面上传` },
    {
      en: `Allow PUT with ${names} from there; until then pages upload through the service.`,
      zh: `请允许该来源以 ${names} 头执行 PUT；否则页面经由本服务上传。`,
    },
  );
}
