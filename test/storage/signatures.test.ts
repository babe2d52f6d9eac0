import assert from 'node:assert/strict';
import { mediaUrlExpiry, signMediaUrl, verifyMediaSignature } from '../../src/storage/signatures.ts';

const mediaId = '0198c0de-0000-7000-8000-000000000002';
const now = Date.UTC(2026, 10, 24, 9, 1, 2);
const grant = { mediaId, variant: 'content', expiresAt: mediaUrlExpiry(now), download: false } as const;
const secret = 'a secret of this test';

const signatureOf = (query: string) => new URLSearchParams(query).get('signature') ?? '';

describe('signMediaUrl', () => {
  const signature = signatureOf(signMediaUrl({ secret, ...grant }));
  const asked = { secrets: [secret], method: 'GET', signature, now, ...grant };

  it('makes a query that verifies until it expires', () => {
    assert.match(signMediaUrl({ secret, ...grant }), /^expires=\d+&signature=[\w-]{8}\.[\w-]{43}$/);
    assert.ok(verifyMediaSignature(asked));
    assert.ok(verifyMediaSignature({ ...asked, method: 'HEAD' }));
    assert.ok(verifyMediaSignature({ ...asked, now: grant.expiresAt * 1000 - 1 }));
    assert.ok(!verifyMediaSignature({ ...asked, now: grant.expiresAt * 1000 }));
  });

  it('binds method, media file, variant, time and disposition', () => {
    assert.ok(!verifyMediaSignature({ ...asked, method: 'DELETE' }));
    assert.ok(!verifyMediaSignature({ ...asked, mediaId: mediaId.replace('2', '3') }));
    assert.ok(!verifyMediaSignature({ ...asked, variant: 'thumbnail' }));
    assert.ok(!verifyMediaSignature({ ...asked, expiresAt: grant.expiresAt + 1 }));
    assert.ok(!verifyMediaSignature({ ...asked, expiresAt: Number.NaN }));
    assert.ok(!verifyMediaSignature({ ...asked, download: true }));
    const saving = signMediaUrl({ secret, ...grant, download: true });
    assert.match(saving, /&download=true&/);
    assert.ok(verifyMediaSignature({ ...asked, download: true, signature: signatureOf(saving) }));
  });

  it('refuses a signature with any one character changed', () => {
    for (let index = 0; index < signature.length; index += 1) {
      const other = signature[index] === 'A' ? 'B' : 'A';
      const forged = signature.slice(0, index) + other + signature.slice(index + 1);
      assert.ok(!verifyMediaSignature({ ...asked, signature: forged }), `position ${index}`);
    }
    for (const forged of ['', '.', `${signature}A`, `${signature}.x`, signature.slice(0, -1), '签'.repeat(30)]) {
      assert.ok(!verifyMediaSignature({ ...asked, signature: forged }));
    }
  });

  it('accepts a former secret during a rotation and no unknown one', () => {
    assert.ok(verifyMediaSignature({ ...asked, secrets: ['a new secret', secret] }));
    assert.ok(!verifyMediaSignature({ ...asked, secrets: ['a new secret'] }));
    assert.ok(!verifyMediaSignature({ ...asked, secrets: [] }));
  });
});

describe('mediaUrlExpiry', () => {
  it('lies 10 to 15 minutes ahead and stays the same for 5 minutes', () => {
    for (let at = now; at < now + 600_000; at += 7_001) {
      const seconds = mediaUrlExpiry(at) - at / 1000;
      assert.ok(seconds >= 600 && seconds <= 900);
      assert.equal(mediaUrlExpiry(at) % 300, 0);
    }
  });
});
