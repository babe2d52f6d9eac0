import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** A key of its own for each purpose, out of the installation's secret. */
const keyFor = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `directorai sealed ${purpose}`, 32));

export interface Seal {
  /** The installation's secret. */
  secret: string;
  purpose: string;
  /** What the text belongs to: sealed for one, it does not open for another. */
  owner: string;
}

/** Makes a text unreadable at rest (AES-256-GCM): version, nonce, tag, text. */
export function seal(text: string, { secret, purpose, owner }: Seal): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, purpose), nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), sealed]);
}

/** The text, or undefined where it was sealed with none of the secrets, for another owner, or was changed since. */
export function unseal(sealed: Buffer, sealing: Seal, formerSecrets: readonly string[] = []): string | undefined {
  for (const secret of [sealing.secret, ...formerSecrets]) {
    const text = unsealWith(sealed, { ...sealing, secret });
    if (text !== undefined) return text;
  }
  return undefined;
}

function unsealWith(sealed: Buffer, { secret, purpose, owner }: Seal): string | undefined {
  if (sealed.length <= nonceBytes + tagBytes || sealed[0] !== version) return undefined;
  const nonce = sealed.subarray(1, 1 + nonceBytes);
  const tag = sealed.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes);
  const text = sealed.subarray(1 + nonceBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, purpose), nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(owner)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
