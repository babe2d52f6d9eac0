import { createHash } from 'node:crypto';
import { findStoredAnswer, storeAnswer, tryLockKey } from '../db/idempotencyKeys.ts';
import { errors } from '../errors.ts';
import type { UserContext } from '../operations/context.ts';
import { secretAnswers } from '../operations/secretAnswers.ts';
import { type Seal, seal, unseal } from '../secretBox.ts';

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface KeyedRequest {
  key: string;
  operationId: string;
  path: object;
  body: unknown;
}

/**
 * Runs a request once per key: its effect and its answer commit together, so a key is either free or has both. The same request
 * again is given the first answer; a refusal leaves the key free.
 */
export function idempotently(
  ctx: UserContext,
  { key, operationId, path, body }: KeyedRequest,
  run: (ctx: UserContext) => Promise<Answer>,
): Promise<Answer> {
  const operation = `${operationId} ${stable(path)}`;
  const sealing = secretAnswers.has(operationId) ? sealFor(ctx, key) : undefined;
  const { formerSecrets } = ctx.services;
  const requestHash = createHash('sha256').update(stable(body)).digest();
  return ctx.db.transaction(async (trx) => {
    if (!(await tryLockKey(trx, ctx.user.id, key))) throw errors.idempotencyInFlight();
    const first = await findStoredAnswer(trx, ctx.user.id, key);
    if (!first) {
      const answer = await run({ ...ctx, db: trx });
      const { status, headers = {} } = answer;
      const kept = sealing ? sealBody(answer.body, sealing) : answer.body;
      await storeAnswer(trx, ctx.user.id, key, { operation, requestHash, status, body: kept, headers });
      return answer;
    }
    if (first.operation !== operation || !first.requestHash.equals(requestHash)) throw errors.idempotencyReused();
    const shown = sealing ? unsealBody(first.body, sealing, formerSecrets) : first.body;
    return { ...first, body: shown, headers: { ...first.headers, 'idempotent-replayed': 'true' } };
  });
}

const sealFor = ({ services, user }: UserContext, key: string): Seal => ({
  secret: services.secret,
  purpose: 'answer',
  owner: `${user.id} ${key}`,
});

const sealBody = (body: unknown, sealing: Seal): string => seal(JSON.stringify(body), sealing).toString('base64');

/** A conflict where the installation's secret has changed since: the first answer cannot be given again. */
function unsealBody(kept: unknown, sealing: Seal, formerSecrets: readonly string[]): unknown {
  const body = unseal(Buffer.from(String(kept), 'base64'), sealing, formerSecrets);
  if (body === undefined) throw errors.conflict();
  return JSON.parse(body) as unknown;
}

/** JSON with sorted keys: the same request however its fields were ordered. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const sorted = fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([name, inner]) => `${JSON.stringify(name)}:${stable(inner)}`).join(',')}}`;
}
