import assert from 'node:assert/strict';
import { createKnownTokens } from '../../src/http/knownTokens.ts';
import type { AccessClaims } from '../../src/operations/accounts/tokens.ts';

const claims: AccessClaims = { sub: 'ada', sid: 'session', typ: 'access', jti: 'one', exp: 100 };

describe('known tokens', () => {
  it('are known to the last millisecond before they expire, and never after', () => {
    const clock = { ms: 99_999 };
    const known = createKnownTokens(() => clock.ms);
    known.remember('a token', claims);
    assert.equal(known.find('a token'), claims);
    assert.equal(known.find('a tokem'), undefined);
    clock.ms = 100_000;
    assert.equal(known.find('a token'), undefined);
    clock.ms = 0;
    assert.equal(known.find('a token'), undefined);
  });

  it('are forgotten, the oldest first, before they fill the memory', () => {
    const known = createKnownTokens(() => 0);
    for (let number = 0; number <= 10_000; number += 1) known.remember(`token ${number}`, claims);
    assert.equal(known.find('token 0'), undefined);
    assert.equal(known.find('token 10000'), claims);
  });
});
